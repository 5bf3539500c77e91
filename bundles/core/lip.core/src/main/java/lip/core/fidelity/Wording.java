package lip.core.fidelity;

import java.util.Locale;
import lip.core.routing.Shown;
import lip.sdk.fidelity.Deviation;

/**
 * Reports as one line for a log and as a header field. The field is a list as in RFC 8941: first
 * {@code total} with the counts, then one item for each deviation. Whatever a client or provider
 * wrote, it is printable ASCII and bounded.
 */
public final class Wording {
  /** Longest header value, in characters. */
  static final int MOST_HEADER = 2_048;

  private static final int MOST_LINE = 2_048;
  private static final int MOST_WORD = 300;

  /** Room that is kept for saying how much was left out. */
  private static final int ROOM = 40;

  private Wording() {}

  /** The report as the value of a header field. */
  public static String header(FidelityReport report) {
    StringBuilder value = new StringBuilder(128);
    value.append("total;lost=").append(report.lost()).append(";mapped=").append(report.mapped());
    long left = report.unnamed();
    for (FidelityReport.Entry entry : report.entries()) {
      String item = item(entry);
      if (value.length() + 2 + item.length() > MOST_HEADER - ROOM) {
        left += entry.times();
      } else {
        value.append(", ").append(item);
      }
    }
    if (left > 0) {
      value.append(", more;count=").append(left);
    }
    return value.toString();
  }

  private static String item(FidelityReport.Entry entry) {
    Deviation deviation = entry.deviation();
    StringBuilder item = new StringBuilder(96);
    item.append(word(deviation.effect())).append(";field=").append(quoted(deviation.field()));
    if (deviation.became() != null) {
      item.append(";to=").append(quoted(deviation.became()));
    }
    item.append(";way=").append(word(deviation.way()));
    item.append(";reason=").append(quoted(deviation.reason()));
    if (entry.times() > 1) {
      item.append(";times=").append(entry.times());
    }
    return item.toString();
  }

  /** The choice of a backend as the value of a header field. */
  public static String route(String backend, String model, String reason, int attempt) {
    return quoted(backend + ":" + model) + ";reason=" + reason + ";attempt=" + attempt;
  }

  /** The entries of a report for a log line. */
  public static String line(FidelityReport report) {
    StringBuilder line = new StringBuilder(128);
    long left = report.unnamed();
    for (FidelityReport.Entry entry : report.entries()) {
      Deviation deviation = entry.deviation();
      StringBuilder item = new StringBuilder(96);
      item.append(line.isEmpty() ? "" : ", ").append(word(deviation.effect())).append(' ');
      item.append(word(deviation.way())).append(' ').append(Shown.text(deviation.field()));
      if (deviation.became() != null) {
        item.append(" -> ").append(Shown.text(deviation.became()));
      }
      item.append(entry.times() > 1 ? " x" + entry.times() : "");
      item.append(" (").append(Shown.text(deviation.reason())).append(')');
      if (line.length() + item.length() > MOST_LINE - ROOM) {
        left += entry.times();
      } else {
        line.append(item);
      }
    }
    return left == 0
        ? line.toString()
        : line.append(", and ").append(left).append(" more").toString();
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  /** A string as RFC 8941 has it; what it cannot hold becomes a question mark. */
  private static String quoted(String raw) {
    int end = Math.min(raw.length(), MOST_WORD);
    StringBuilder quoted = new StringBuilder(end + 2).append('"');
    for (int i = 0; i < end; i++) {
      char c = raw.charAt(i);
      if (c == '"' || c == '\\') {
        quoted.append('\\').append(c);
      } else {
        quoted.append(c >= ' ' && c < 0x7f ? c : '?');
      }
    }
    return quoted.append(end < raw.length() ? "...\"" : "\"").toString();
  }
}
