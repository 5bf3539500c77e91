package lip.core.fidelity;

import java.time.Duration;
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

  /** Names of lost things that are known to have been said, for each pair; the oldest make room. */
  static final int MOST_SAID = 256;

  /** After this long a loss that goes on is said again: logs are rotated. */
  static final Duration SAID_FOR = Duration.ofHours(1);

  private record Pair(String frontend, String backend) {}

  private static final class Sum {
    private final SequencedSet<String> names = new LinkedHashSet<>();
    private final SequencedMap<String, Instant> said = new LinkedHashMap<>();
    private long requests;
    private long mapped;
    private long lost;
    private Instant last = Instant.EPOCH;

    private boolean add(FidelityReport report, Instant now) {
      requests++;
      mapped += report.mapped();
      lost += report.lost();
      last = now;
      List<String> lostNow = new ArrayList<>();
      for (FidelityReport.Entry entry : report.entries()) {
        if (entry.deviation().effect() == Effect.LOST) {
          String name = entry.deviation().field();
          lostNow.add(name);
          names.addFirst(name);
          if (names.size() > MOST_NAMES) {
            names.removeLast();
          }
        }
      }
      return news(lostNow, now);
    }

    /** Whether one of these is to be said; then all of them are, in one line. */
    private boolean news(List<String> lostNow, Instant now) {
      boolean news = false;
      for (String name : lostNow) {
        Instant before = said.get(name);
        news |= before == null || !now.isBefore(before.plus(SAID_FOR));
      }
      if (news) {
        for (String name : lostNow) {
          said.putLast(name, now);
          if (said.size() > MOST_SAID) {
            said.pollFirstEntry();
          }
        }
      }
      return news;
    }
  }

  private final SequencedMap<Pair, Sum> sums = new LinkedHashMap<>();

  /**
   * Adds the report of a request that has ended.
   *
   * @return whether something was lost that has not been lost between these two for a while
   */
  public synchronized boolean add(
      String frontend, String backend, FidelityReport report, Instant now) {
    Pair pair = new Pair(frontend, backend);
    Sum sum = sums.remove(pair);
    if (sum == null) {
      sum = new Sum();
    }
    boolean news = sum.add(report, now);
    sums.putLast(pair, sum);
    if (sums.size() > MOST_PAIRS) {
      sums.pollFirstEntry();
    }
    return news;
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
