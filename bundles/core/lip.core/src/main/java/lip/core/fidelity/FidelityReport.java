package lip.core.fidelity;

import java.util.List;
import lip.sdk.fidelity.Deviation;

/**
 * What did not pass unchanged in one request.
 *
 * @param mapped how many things were said in another way
 * @param lost how many were not said
 * @param entries the different ones in the order of their first report, the first ones only
 * @param unnamed how many are not among the entries
 */
public record FidelityReport(long mapped, long lost, List<Entry> entries, long unnamed) {
  /** Everything passed. */
  public static final FidelityReport NONE = new FidelityReport(0, 0, List.of(), 0);

  /**
   * One deviation.
   *
   * @param deviation what
   * @param times how often
   */
  public record Entry(Deviation deviation, int times) {}

  /** Copies. */
  public FidelityReport {
    entries = List.copyOf(entries);
  }

  /** Whether everything passed. */
  public boolean isEmpty() {
    return mapped == 0 && lost == 0;
  }
}
