package lip.core.settings;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Names of keys: from methods, and the one that was probably meant. */
final class KeyNames {
  private KeyNames() {}

  /**
   * As in OSGi's component property types: {@code dial_timeout} is {@code dial.timeout}, {@code
   * a__b} is {@code a_b}.
   */
  static String ofMethod(String method) {
    StringBuilder key = new StringBuilder();
    for (int i = 0; i < method.length(); i++) {
      char c = method.charAt(i);
      boolean twice = i + 1 < method.length() && method.charAt(i + 1) == c;
      if (c == '_') {
        key.append(twice ? '_' : '.');
        i += twice ? 1 : 0;
      } else if (method.startsWith("$_$", i)) {
        key.append('-');
        i += 2;
      } else if (c == '$') {
        key.append(twice ? "$" : "");
        i += twice ? 1 : 0;
      } else {
        key.append(c);
      }
    }
    return key.toString();
  }

  /** The known key nearest to an unknown one, if any is near. */
  static Optional<String> nearest(String unknown, Collection<String> known) {
    String wanted = plain(unknown);
    return known.stream()
        .min(
            Comparator.comparingInt((String key) -> distance(wanted, plain(key)))
                .thenComparing(key -> key))
        .filter(key -> distance(wanted, plain(key)) <= Math.max(2, wanted.length() / 3));
  }

  private static String plain(String key) {
    return key.toLowerCase(Locale.ROOT).replace('_', '.').replace('-', '.');
  }

  private static int distance(String a, String b) {
    if (a.length() > 100 || b.length() > 100) {
      return Integer.MAX_VALUE;
    }
    int[] before = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      before[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] row = new int[b.length() + 1];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int change = before[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(change, Math.min(before[j], row[j - 1]) + 1);
      }
      before = row;
    }
    return before[b.length()];
  }
}
