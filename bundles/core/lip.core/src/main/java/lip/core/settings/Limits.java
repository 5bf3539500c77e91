package lip.core.settings;

import java.lang.reflect.Type;
import java.util.Collection;
import java.util.Optional;
import lip.sdk.secret.Secret;
import lip.sdk.secret.SecretUnavailable;
import lip.sdk.settings.Range;
import org.jspecify.annotations.Nullable;

/** Checks values against {@link Range}. */
final class Limits {
  private Limits() {}

  /**
   * Throws when a value, or an element of it, is out of range; says nothing about secrets that are
   * not there.
   */
  static void check(ValueReader reader, Type type, Object value, @Nullable Range range)
      throws BadValue {
    if (range == null) {
      return;
    }
    switch (value) {
      case Optional<?> maybe when maybe.isPresent() ->
          check(reader, ValueReader.element(type), maybe.get(), range);
      case Collection<?> several -> {
        for (Object element : several) {
          check(reader, ValueReader.element(type), element, range);
        }
      }
      case Secret secret -> checkLength(secret, range);
      case String _ -> {}
      case Comparable<?> _ -> checkBounds(reader, type, value, range);
      default -> {}
    }
  }

  private static void checkBounds(ValueReader reader, Type type, Object value, Range range)
      throws BadValue {
    if (!range.min().isEmpty()) {
      int sign = compare(value, reader.read(type, range.min()));
      if (sign < 0 || (sign == 0 && range.aboveMin())) {
        throw new BadValue("too small", words(range));
      }
    }
    if (!range.max().isEmpty() && compare(value, reader.read(type, range.max())) > 0) {
      throw new BadValue("too large", words(range));
    }
  }

  private static void checkLength(Secret secret, Range range) throws BadValue {
    if (range.min().isEmpty()) {
      return;
    }
    try {
      String value = secret.reveal();
      if (value.codePointCount(0, value.length()) < Integer.parseInt(range.min())) {
        throw new BadValue("the secret is too short", "at least " + range.min() + " characters");
      }
    } catch (SecretUnavailable _) {
      // Presence is told apart from form: the instance is then unresolved.
    }
  }

  @SuppressWarnings("unchecked") // Both were read as the same type.
  private static int compare(Object value, Object bound) {
    return ((Comparable<Object>) value).compareTo(bound);
  }

  private static String words(Range range) {
    if (range.max().isEmpty()) {
      return (range.aboveMin() ? "more than " : "at least ") + range.min();
    }
    if (range.min().isEmpty()) {
      return "at most " + range.max();
    }
    return (range.aboveMin() ? "more than " : "") + range.min() + ".." + range.max();
  }
}
