package lip.core.fidelity;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import lip.sdk.fidelity.Deviation;
import lip.sdk.fidelity.Deviation.Effect;
import lip.sdk.fidelity.Fidelity;

/** The deviations of one attempt: each once with a count, the first ones by name, all in number. */
public final class Deviations implements Fidelity {
  /** Different deviations that are kept; a request with more is hostile or broken. */
  static final int MOST = 64;

  private final Map<Deviation, Integer> kept = new LinkedHashMap<>();
  private long mapped;
  private long lost;
  private long unnamed;

  @Override
  public synchronized void report(Deviation deviation) {
    if (deviation.effect() == Effect.LOST) {
      lost++;
    } else {
      mapped++;
    }
    if (kept.size() < MOST || kept.containsKey(deviation)) {
      kept.merge(deviation, 1, Integer::sum);
    } else {
      unnamed++;
    }
  }

  /** All of them now. */
  public synchronized FidelityReport report() {
    List<FidelityReport.Entry> entries = new ArrayList<>(kept.size());
    kept.forEach((deviation, times) -> entries.add(new FidelityReport.Entry(deviation, times)));
    return new FidelityReport(mapped, lost, entries, unnamed);
  }
}
