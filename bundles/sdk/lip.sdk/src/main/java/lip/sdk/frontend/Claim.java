package lip.sdk.frontend;

import org.jspecify.annotations.Nullable;

/**
 * A route that a frontend answers. Conditioned claims are tried first; only equal claims of two
 * instances clash, and then the older one stays in force.
 *
 * @param method upper case
 * @param pattern path: literal segments, {@code {name}} for one segment, {@code {name}:verb} for a
 *     segment with a verb behind it, {@code {rest...}} as last segment for any number
 * @param when condition; null = none
 */
public record Claim(String method, String pattern, @Nullable HeaderCondition when) {
  /** An unconditioned claim. */
  public static Claim of(String method, String pattern) {
    return new Claim(method, pattern, null);
  }

  /**
   * A header that must be there.
   *
   * @param name header name
   * @param prefix what the value must start with; empty = any value
   */
  public record HeaderCondition(String name, String prefix) {}
}
