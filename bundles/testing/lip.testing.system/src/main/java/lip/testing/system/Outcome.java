package lip.testing.system;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a row counted.
 *
 * @param row the row
 * @param open streams open at the change
 * @param streams answers of streams by version
 * @param requests answers of the loop by version
 * @param failed failed, both
 * @param altered altered, both
 * @param truncated truncated, both
 * @param ended streams that ended with an error of the protocol where that is meant
 * @param refused requests turned away at the door where that is meant
 * @param streamGap longest pause inside a stream, ms
 * @param requestGap longest pause between answers of the loop, ms
 * @param note of the change
 * @param reasons of what went wrong
 */
public record Outcome(
    Row row,
    int open,
    Map<String, Integer> streams,
    Map<String, Integer> requests,
    int failed,
    int altered,
    int truncated,
    int ended,
    int refused,
    long streamGap,
    long requestGap,
    String note,
    Set<String> reasons) {
  private static final int SHOWN = 6;

  static Outcome of(Row row, int open, String note, Load load) {
    Tally streams = load.streams();
    Tally requests = load.requests();
    Set<String> reasons = new TreeSet<>(streams.reasons());
    reasons.addAll(requests.reasons());
    return new Outcome(
        row,
        open,
        streams.versions(),
        requests.versions(),
        streams.failures() + requests.failures(),
        streams.alterations() + requests.alterations(),
        streams.truncations() + requests.truncations(),
        streams.endings() + requests.endings(),
        streams.refusals() + requests.refusals(),
        streams.longestGap(),
        requests.longestGap(),
        note,
        reasons);
  }

  /** What is not as it must be; empty = all is well. */
  public List<String> problems() {
    List<String> problems = new ArrayList<>();
    if (open < HotTable.STREAMS) {
      problems.add("only " + open + " streams were open at the change");
    }
    for (String version : row.expected()) {
      if (count(streams, version) + count(requests, version) == 0) {
        problems.add("no answer of " + version);
      }
    }
    if (failed + altered + truncated > 0) {
      problems.add(
          failed + " failed, " + altered + " altered, " + truncated + " truncated: " + reasons);
    }
    if (ended != row.endings()) {
      problems.add(ended + " streams ended in their protocol, not " + row.endings());
    }
    return problems;
  }

  private static int count(Map<String, Integer> versions, String part) {
    return versions.entrySet().stream()
        .filter(entry -> entry.getKey().contains(part))
        .mapToInt(Map.Entry::getValue)
        .sum();
  }

  /** Head of the table. */
  public static String head() {
    return """
    | Row | Change | Open | Streams by version | Requests by version | Failed | Altered | Truncated | Gap stream / request, ms | Note |
    |---|---|---|---|---|---|---|---|---|---|\
    """;
  }

  /** A line of the table. */
  public String line() {
    String more =
        (ended > 0 ? "; " + ended + " ended in protocol" : "")
            + (refused > 0 ? "; " + refused + " turned away at the door" : "");
    return "| %s | %s | %d | %s | %s | %d | %d | %d | %d / %d | %s |"
        .formatted(
            row.id(),
            row.title(),
            open,
            text(streams),
            text(requests),
            failed,
            altered,
            truncated,
            streamGap,
            requestGap,
            note + more);
  }

  private static String text(Map<String, Integer> versions) {
    if (versions.size() > SHOWN) {
      int all = versions.values().stream().mapToInt(Integer::intValue).sum();
      return all + " × " + versions.size() + " versions";
    }
    return versions.isEmpty()
        ? "-"
        : String.join(
            ", ",
            versions.entrySet().stream()
                .map(entry -> entry.getValue() + " × " + entry.getKey())
                .toList());
  }
}
