package lip.testing.emulator.messages;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How an emulator runs.
 *
 * @param port 0 = any free one
 * @param key key that clients must send; null = any or none
 * @param delay pause between the words of the built-in answers
 * @param tolerant whether unknown top-level fields are legal
 */
public record MessagesSettings(int port, @Nullable String key, Duration delay, boolean tolerant) {
  /** Any free port, no key, no delay, strict. */
  public static final MessagesSettings DEFAULT =
      new MessagesSettings(0, null, Duration.ZERO, false);

  /** Without the key. */
  @Override
  public String toString() {
    return "MessagesSettings[port=" + port + ", delay=" + delay + ", tolerant=" + tolerant + "]";
  }
}
