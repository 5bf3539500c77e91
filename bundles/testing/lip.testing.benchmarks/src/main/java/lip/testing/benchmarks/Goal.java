package lip.testing.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * What is aimed at.
 *
 * @param number of the case in the list of cases
 * @param text what is compared
 * @param value the figure
 * @param limit at most
 * @param stretch better still; NaN = none
 */
record Goal(String number, String text, ToDoubleFunction<Of> value, double limit, double stretch) {
  private static final double NONE = Double.NaN;

  /** Results seen from one target. */
  record Of(Results results, String target) {
    double median(String figure) {
      return results.median(target, figure);
    }

    /** How much more than another target. */
    double over(String other, String figure) {
      return results.paired(target, figure, other, figure, (a, b) -> a - b).median();
    }
  }

  /** All, those about what is relayed for each of these pairs. */
  static List<Goal> all(List<Pair> pairs) {
    var goals = new ArrayList<Goal>();
    for (Pair pair : pairs) {
      goals.add(relay("1", "CPU of a call", new Relay("unary", pair), 4.5, 2.5));
      goals.add(relay("2", "CPU of a 28 KB request", new Relay("large", pair), 6, 3));
      goals.add(relay("3", "CPU of an event in a burst", new Relay("burst", pair), 2, 1));
      goals.add(relay("4", "CPU of a paced event", new Relay("paced", pair), 1.5, 1.4));
    }
    goals.addAll(OTHERS);
    return goals;
  }

  private static Goal relay(String number, String what, Relay relay, double limit, double stretch) {
    String pair = relay.pair().equals(Pair.USUAL) ? "" : ", " + relay.pair();
    return new Goal(
        number,
        what + pair + ", x nginx",
        of -> of.results().ratio(of.target(), relay.cpu(), relay.plainCpu()).median(),
        limit,
        stretch);
  }

  private static final List<Goal> OTHERS =
      List.of(
          new Goal("5", "event in a burst / paced event", Goal::flush, 0.2, NONE),
          new Goal("6", "added p50 at 300/s, x nginx's own", Goal::addedRatio, 2, 1.3),
          new Goal(
              "6", "added p50 at 300/s, us", of -> of.over("direct", "added.p50_us"), 300, NONE),
          new Goal(
              "7",
              "p99 at 300/s over nginx's, us",
              of -> of.over("nginx", "added.p99_us"),
              2000,
              1000),
          new Goal(
              "8",
              "added delay of a paced event, p50, us",
              of -> of.over("direct", "paced.delay_p50_us"),
              200,
              NONE),
          new Goal(
              "8",
              "added delay of a paced event, p99, us",
              of -> of.over("direct", "paced.delay_p99_us"),
              5000,
              NONE),
          new Goal(
              "9",
              "added time to the first event, p50, us",
              of -> of.over("direct", "first.p50_us"),
              600,
              NONE),
          new Goal(
              "10", "live heap of a silent stream, KB", of -> of.median("silent.heap_kb"), 20, 10),
          new Goal(
              "11",
              "resident memory of a silent stream, KB",
              of -> of.median("silent.rss_kb"),
              50,
              25),
          new Goal(
              "12",
              "idle CPU with all streams open, %",
              of -> of.median("idle.cpu_percent"),
              1,
              NONE),
          new Goal(
              "12", "threads with all streams open", of -> of.median("idle.threads"), 60, NONE),
          new Goal(
              "13",
              "client gone to upstream closed, max, ms",
              of -> of.median("gone.max_ms"),
              20,
              5),
          new Goal(
              "14", "start to first 200, ms", of -> of.median("start.first_200_ms"), 2500, 1500),
          new Goal(
              "15",
              "first 200 calls, p99, ms",
              of -> of.median("start.calls_p99_us") / 1000,
              10,
              NONE),
          new Goal(
              "17",
              "allocation of an event in a burst, bytes",
              of -> of.median("allocation.burst_event_bytes"),
              1024,
              300),
          new Goal(
              "17",
              "allocation of a paced event, bytes",
              of -> of.median("allocation.paced_event_bytes"),
              1024,
              300),
          new Goal(
              "", "resident memory after start, MB", of -> of.median("start.rss_mb"), 160, NONE),
          new Goal("", "resident memory at the end, MB", of -> of.median("end.rss_mb"), 300, 215));

  private static double flush(Of of) {
    String target = of.target();
    return of.results()
        .paired(target, "burst.cpu_us", target, "paced.cpu_us", (a, b) -> a / b)
        .median();
  }

  private static double addedRatio(Of of) {
    double own = new Of(of.results(), "nginx").over("direct", "added.p50_us");
    return of.over("direct", "added.p50_us") / own;
  }

  /** A row of the table of goals. */
  String row(Results results, String target) {
    double measured = value.applyAsDouble(new Of(results, target));
    String verdict = "not measured";
    if (Double.isFinite(measured)) {
      verdict = measured <= limit ? "met" : "NOT MET";
      if (measured <= stretch) {
        verdict = "met, stretch too";
      }
    }
    return "| %s | %s | %s | <= %s | %s | %s |"
        .formatted(number, text, shown(measured), shown(limit), shown(stretch), verdict);
  }

  /** A number with as many digits as mean something. */
  static String shown(double value) {
    if (!Double.isFinite(value)) {
      return "-";
    }
    return String.format(Locale.ROOT, Math.abs(value) < 100 ? "%.2f" : "%.0f", value);
  }
}
