package lip.support.frontend;

import lip.api.failure.Failure;
import org.slf4j.Logger;

/** What a client is not told must stand somewhere. */
public final class FailureLog {
  private static final int MOST = 2000;

  private FailureLog() {}

  /**
   * Logs a failure of which the client reads a general sentence only.
   *
   * @param log of the frontend
   */
  public static void toldLess(Logger log, String traceId, Failure failure) {
    if (log.isWarnEnabled()) {
      String detail = failure.detail();
      log.warn(
          "call failed, client told less: trace={} failure={}{}",
          traceId,
          line(failure.toString()),
          detail == null ? "" : " detail=" + line(detail));
    }
  }

  /** One line of what came from outside. */
  static String line(String text) {
    int limit = Math.min(text.length(), MOST);
    StringBuilder line = new StringBuilder(limit);
    for (int i = 0; i < limit; i++) {
      char c = text.charAt(i);
      line.append(Character.isISOControl(c) || c == '\u2028' || c == '\u2029' ? ' ' : c);
    }
    return line.toString();
  }
}
