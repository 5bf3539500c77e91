package lip.core.settings;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What the metatype says about a key.
 *
 * @param key dotted key
 * @param defaults default texts; null = none
 * @param required whether a value must be there
 * @param options the only values a text may have; empty = any
 * @param numbers says what is wrong with a number, null = nothing: metatype's own minimum and
 *     maximum
 */
public record Declared(
    String key,
    @Nullable List<String> defaults,
    boolean required,
    List<String> options,
    Function<String, @Nullable String> numbers) {
  /** Copies. */
  public Declared {
    defaults = defaults == null ? null : List.copyOf(defaults);
    options = List.copyOf(options);
  }

  /** A key with a default. */
  public static Declared withDefault(String key, String text) {
    return new Declared(key, List.of(text), false, List.of(), _ -> null);
  }

  /** A key that may be absent. */
  public static Declared optional(String key) {
    return new Declared(key, null, false, List.of(), _ -> null);
  }

  /** A key that must be there. */
  public static Declared required(String key) {
    return new Declared(key, null, true, List.of(), _ -> null);
  }
}
