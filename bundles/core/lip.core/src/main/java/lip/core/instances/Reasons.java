package lip.core.instances;

import java.util.List;
import lip.core.gateway.ConfigurationCheck.Finding;

/** Failures in one line. */
final class Reasons {
  private static final int MOST = 400;

  private Reasons() {}

  /** Messages of a throwable and its causes. */
  static String of(Throwable thrown) {
    StringBuilder line = new StringBuilder();
    int depth = 0;
    for (Throwable t = thrown; t != null && depth < 5; t = t.getCause(), depth++) {
      String message =
          t.getClass().getSimpleName() + (t.getMessage() == null ? "" : ": " + t.getMessage());
      if (line.indexOf(message) < 0) {
        line.append(line.isEmpty() ? "" : " <- ").append(message);
      }
    }
    String safe = line.toString().replaceAll("\\p{Cntrl}+", " ");
    return safe.length() <= MOST ? safe : safe.substring(0, MOST) + "...";
  }

  /** The errors among findings. */
  static String of(List<Finding> findings) {
    return String.join("; ", findings.stream().filter(Finding::error).map(Finding::line).toList());
  }
}
