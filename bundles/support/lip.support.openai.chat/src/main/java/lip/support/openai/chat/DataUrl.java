package lip.support.openai.chat;

import lip.api.message.MediaSource;
import org.jspecify.annotations.Nullable;

/**
 * A {@code data:} URL with base64 content.
 *
 * @param mimeType media type with its parameters as written; may be empty
 * @param base64 the content
 */
public record DataUrl(String mimeType, String base64) {
  private static final String SCHEME = "data:";
  private static final String MARK = ";base64,";
  private static final int MAX_TYPE = 512;

  /** Reads a URL; null = no data URL with base64. */
  public static @Nullable DataUrl of(String url) {
    if (!url.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      return null;
    }
    int mark = url.indexOf(MARK);
    return mark < 0 || mark > MAX_TYPE
        ? null
        : new DataUrl(url.substring(SCHEME.length(), mark), url.substring(mark + MARK.length()));
  }

  /** The URL form of inline bytes. */
  public static String format(@Nullable String mimeType, MediaSource.Inline inline) {
    String type = mimeType == null ? "application/octet-stream" : mimeType;
    return SCHEME + type + MARK + inline.base64();
  }
}
