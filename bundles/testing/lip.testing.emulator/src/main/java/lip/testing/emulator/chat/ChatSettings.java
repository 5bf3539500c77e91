package lip.testing.emulator.chat;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How an emulator runs.
 *
 * @param port 0 = any free one
 * @param key bearer key that clients must send; null = any or none
 * @param delay pause between the words of the built-in answers
 * @param tolerant whether unknown top-level fields are legal
 */
public record ChatSettings(int port, @Nullable String key, Duration delay, boolean tolerant) {
  /** Any free port, no key, no delay, strict. */
  public static final ChatSettings DEFAULT = new ChatSettings(0, null, Duration.ZERO, false);

  /** With a port. */
  public ChatSettings withPort(int changed) {
    return new ChatSettings(changed, key, delay, tolerant);
  }

  /** With a key. */
  public ChatSettings withKey(String changed) {
    return new ChatSettings(port, changed, delay, tolerant);
  }

  /** With a delay. */
  public ChatSettings withDelay(Duration changed) {
    return new ChatSettings(port, key, changed, tolerant);
  }

  /** With unknown top-level fields allowed. */
  public ChatSettings tolerating() {
    return new ChatSettings(port, key, delay, true);
  }

  /** Without the key. */
  @Override
  public String toString() {
    return "ChatSettings[port=" + port + ", delay=" + delay + ", tolerant=" + tolerant + "]";
  }
}
