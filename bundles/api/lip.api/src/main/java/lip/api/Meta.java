package lip.api;

import org.jspecify.annotations.Nullable;

/**
 * What any message, part or tool may carry besides its meaning.
 *
 * @param cache cache marker; null = none
 * @param extensions unknown fields of the wire object, for the same dialect
 */
public record Meta(@Nullable CacheMarker cache, Extensions extensions) {
  /** Nothing. */
  public static final Meta NONE = new Meta(null, Extensions.NONE);

  /** Only a cache marker. */
  public static Meta cached(CacheMarker marker) {
    return new Meta(marker, Extensions.NONE);
  }

  /** Only extensions. */
  public static Meta of(Extensions extensions) {
    return extensions.isEmpty() ? NONE : new Meta(null, extensions);
  }
}
