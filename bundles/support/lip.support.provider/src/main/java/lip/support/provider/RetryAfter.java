package lip.support.provider;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import lip.sdk.http.Headers;
import org.jspecify.annotations.Nullable;

/** When to come back, as servers say it; never more than a day. */
public final class RetryAfter {
  private static final Pattern AGAIN =
      Pattern.compile(
          "(?:try again|retry) (?:in|after) (?:([0-9]{1,6})m(?!s))?"
              + " ?([0-9]{1,9}(?:\\.[0-9]{1,9})?)? ?(ms|s|sec|seconds)?\\b",
          Pattern.CASE_INSENSITIVE);
  private static final Duration LONGEST = Duration.ofDays(1);

  private RetryAfter() {}

  /**
   * From {@code retry-after-ms} or {@code retry-after}; null = neither is there in a known form.
   */
  public static @Nullable Duration of(Headers headers, Instant now) {
    String millis = headers.first("retry-after-ms");
    if (millis != null && millis.matches("[0-9]{1,9}(\\.[0-9]*)?")) {
      return bounded(Duration.ofMillis((long) Double.parseDouble(millis)));
    }
    String seconds = headers.first("retry-after");
    if (seconds == null) {
      return null;
    }
    if (seconds.matches("[0-9]{1,9}(\\.[0-9]*)?")) {
      return bounded(Duration.ofMillis((long) (Double.parseDouble(seconds) * 1000)));
    }
    try {
      Instant then = ZonedDateTime.parse(seconds, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      return bounded(Duration.between(now, then));
    } catch (DateTimeException _) {
      // Not a form we know: as if it were not there.
      return null;
    }
  }

  /** From "try again in 1.2s", "in 340ms", "in 6m0s", "in 20 seconds"; null = nothing like that. */
  public static @Nullable Duration inText(String message) {
    Matcher m = AGAIN.matcher(message);
    if (!m.find() || (m.group(1) == null && m.group(2) == null)) {
      return null;
    }
    double millis = m.group(1) == null ? 0 : Double.parseDouble(m.group(1)) * 60_000;
    if (m.group(2) != null) {
      boolean small = "ms".equalsIgnoreCase(m.group(3));
      millis += Double.parseDouble(m.group(2)) * (small ? 1 : 1000);
    }
    return bounded(Duration.ofMillis((long) Math.ceil(millis)));
  }

  private static Duration bounded(Duration wait) {
    if (wait.isNegative()) {
      return Duration.ZERO;
    }
    return wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
  }
}
