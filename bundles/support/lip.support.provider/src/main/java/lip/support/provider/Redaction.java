package lip.support.provider;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Takes keys out of what the server says: some repeat what they were sent. */
public final class Redaction {
  private static final String MARK = "[redacted]";
  private static final Pattern KEYS =
      Pattern.compile("\\bsk-[A-Za-z0-9_*.-]{6,}|(?i:\\bbearer\\s+)[A-Za-z0-9._~+/=-]{6,}");

  private final @Nullable String key;

  /** For answers to a request with a key; null = it had none. */
  public Redaction(@Nullable String key) {
    // A very short key would tear ordinary words apart.
    this.key = key == null || key.length() < 6 ? null : key;
  }

  /** For answers to a request with this key; null = it had none. */
  public static Redaction of(Keys.@Nullable Key key) {
    return new Redaction(key == null ? null : key.value());
  }

  /** The text without keys. */
  public String clean(String text) {
    String cleaned = key == null ? text : text.replace(key, MARK);
    return KEYS.matcher(cleaned).replaceAll(MARK);
  }
}
