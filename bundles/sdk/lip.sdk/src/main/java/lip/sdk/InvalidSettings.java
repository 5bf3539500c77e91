package lip.sdk;

import org.jspecify.annotations.Nullable;

/** Settings that cannot work. The core adds file and value to what is said here. */
public class InvalidSettings extends Exception {
  private static final long serialVersionUID = 1L;

  private final String key;
  private final String reason;
  private final @Nullable String allowed;

  /** A reason without a list of what is allowed. */
  public InvalidSettings(String key, String reason) {
    this(key, reason, null);
  }

  /**
   * @param key configuration key, dotted
   * @param reason what is wrong; never a secret
   * @param allowed what would be right; null = the reason says it
   */
  public InvalidSettings(String key, String reason, @Nullable String allowed) {
    super(key + ": " + reason + (allowed == null ? "" : "; allowed: " + allowed));
    this.key = key;
    this.reason = reason;
    this.allowed = allowed;
  }

  /** The key. */
  public String key() {
    return key;
  }

  /** What is wrong. */
  public String reason() {
    return reason;
  }

  /** What would be right; null = the reason says it. */
  public @Nullable String allowed() {
    return allowed;
  }
}
