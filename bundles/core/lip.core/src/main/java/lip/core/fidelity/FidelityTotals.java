package lip.core.fidelity;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedMap;
import java.util.SequencedSet;
import lip.core.gateway.Inventory.FidelityView;
import lip.sdk.fidelity.Deviation.Effect;

/** Sums of the reports for each pair of frontend and backend. Safe from any thread. */
public final class FidelityTotals {
  /** Instances come and go; the pairs that were not seen for longest make room. */
  static final int MOST_PAIRS = 256;

  static final int MOST_NAMES = 16;

  private record Pair(String frontend, String backend) {}

  private static final class Sum {
    private final SequencedSet<String> names = new LinkedHashSet<>();
    private long requests;
    private long mapped;
    private long lost;
    private Instant last = Instant.EPOCH;

    private void add(FidelityReport report, Instant now) {
      requests++;
      mapped += report.mapped();
      lost += report.lost();
      last = now;
      for (FidelityReport.Entry entry : report.entries()) {
        if (entry.deviation().effect() == Effect.LOST) {
          names.addFirst(entry.deviation().field());
          if (names.size() > MOST_NAMES) {
            names.removeLast();
          }
        }
      }
    }
  }

  private final SequencedMap<Pair, Sum> sums = new LinkedHashMap<>();

  /** Adds the report of a request that has ended. */
  public synchronized void add(
      String frontend, String backend, FidelityReport report, Instant now) {
    Pair pair = new Pair(frontend, backend);
    Sum sum = sums.remove(pair);
    if (sum == null) {
      sum = new Sum();
    }
    sum.add(report, now);
    sums.putLast(pair, sum);
    if (sums.size() > MOST_PAIRS) {
      sums.pollFirstEntry();
    }
  }

  /** The sums by frontend and backend. */
  public synchronized List<FidelityView> views() {
    List<FidelityView> views = new ArrayList<>(sums.size());
    sums.forEach((pair, sum) ->
        views.add(
            new FidelityView(
                pair.frontend(),
                pair.backend(),
                sum.requests,
                sum.mapped,
                sum.lost,
                List.copyOf(sum.names),
                sum.last)));
    views.sort(Comparator.comparing(FidelityView::frontend).thenComparing(FidelityView::backend));
    return List.copyOf(views);
  }
}
