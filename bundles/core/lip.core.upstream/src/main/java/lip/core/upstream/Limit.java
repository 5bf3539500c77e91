package lip.core.upstream;

import java.time.Duration;

/**
 * A limit of time with the name of the setting behind it, for messages.
 *
 * @param key setting
 * @param duration how long; zero = no limit
 */
record Limit(String key, Duration duration) {
  /** Whether there is a limit. */
  boolean isOn() {
    return duration.isPositive();
  }

  @Override
  public String toString() {
    long millis = duration.toMillis();
    String text;
    if (millis % 60_000 == 0) {
      text = millis / 60_000 + "m";
    } else if (millis % 1000 == 0) {
      text = millis / 1000 + "s";
    } else {
      text = millis + "ms";
    }
    return text + " (" + key + ")";
  }
}
