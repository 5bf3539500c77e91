package lip.core.settings;

import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Dictionary;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A Config Admin dictionary as texts: files give texts already, console forms and programs may give
 * typed values.
 */
public final class RawTexts {
  private RawTexts() {}

  /** Keys of the platform ({@code service.*}, {@code felix.*}) left out. */
  public static Map<String, String> of(Dictionary<String, ?> dictionary) {
    Map<String, String> texts = new TreeMap<>();
    for (String key : Collections.list(dictionary.keys())) {
      if (!isPlatform(key)) {
        texts.put(key, text(dictionary.get(key)));
      }
    }
    return Collections.unmodifiableMap(texts);
  }

  /** Whether a key belongs to Config Admin and its tools. */
  public static boolean isPlatform(String key) {
    return key.startsWith("service.") || key.startsWith("felix.") || key.startsWith(":");
  }

  private static String text(Object value) {
    if (value instanceof Collection<?> several) {
      return ListText.join(several.stream().map(String::valueOf).toList());
    }
    if (value.getClass().isArray()) {
      List<String> several = new ArrayList<>();
      for (int i = 0; i < Array.getLength(value); i++) {
        several.add(String.valueOf(Array.get(value, i)));
      }
      return ListText.join(several);
    }
    return String.valueOf(value).strip();
  }
}
