package lip.backend.openai.legacy;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Takes keys out of what the server says: some repeat what they were sent. */
final class Redaction {
  private static final String MARK = "[redacted]";
  private static final Pattern KEYS =
      Pattern.compile("\\bsk-[A-Za-z0-9_*.-]{6,}|(?i:\\bbearer\\s+)[A-Za-z0-9._~+/=-]{6,}");

  private final @Nullable String key;

  Redaction(@Nullable String key) {
    // A very short key would tear ordinary words apart.
    this.key = key == null || key.length() < 6 ? null : key;
  }

  String clean(String text) {
    String cleaned = key == null ? text : text.replace(key, MARK);
    return KEYS.matcher(cleaned).replaceAll(MARK);
  }
}
