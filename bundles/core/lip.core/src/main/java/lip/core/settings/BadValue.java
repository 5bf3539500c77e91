package lip.core.settings;

import org.jspecify.annotations.Nullable;

/** A text that is no value of its type. */
final class BadValue extends Exception {
  private static final long serialVersionUID = 1L;

  private final String reason;
  private final @Nullable String allowed;
  private final boolean hidden;

  BadValue(String reason, @Nullable String allowed) {
    this(reason, allowed, false);
  }

  private BadValue(String reason, @Nullable String allowed, boolean hidden) {
    super(reason, null, false, false);
    this.reason = reason;
    this.allowed = allowed;
    this.hidden = hidden;
  }

  /** The text itself may be a secret: it must not be shown. */
  static BadValue secret(String reason) {
    return new BadValue(reason, null, true);
  }

  String reason() {
    return reason;
  }

  @Nullable String allowed() {
    return allowed;
  }

  boolean hidden() {
    return hidden;
  }
}
