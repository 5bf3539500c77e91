package lip.core.instances;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import lip.core.gateway.Gateway.Readiness;
import lip.core.snapshot.OpenHolders;
import lip.core.snapshot.Snapshot;

/**
 * What the executor needs to know of the instances: the snapshot in force, the open exchanges,
 * whether requests are taken.
 */
public final class RuntimeState {
  private final Supplier<Snapshot> current;
  private final OpenHolders holders;
  private final Supplier<List<String>> lacking;
  private volatile boolean stopping;

  /**
   * Wires.
   *
   * @param current snapshot in force
   * @param holders open exchanges
   * @param lacking why the platform is not ready, apart from a stop
   */
  RuntimeState(Supplier<Snapshot> current, OpenHolders holders, Supplier<List<String>> lacking) {
    this.current = current;
    this.holders = holders;
    this.lacking = lacking;
  }

  /** The snapshot in force, each time it is asked. */
  public Supplier<Snapshot> current() {
    return current;
  }

  /** Open exchanges. */
  public OpenHolders holders() {
    return holders;
  }

  /** Whether the framework stops: no request is admitted any more. */
  public boolean stopping() {
    return stopping;
  }

  void stop() {
    stopping = true;
  }

  /** Whether every mandatory plugin is live and no stop has begun. */
  public Readiness readiness() {
    List<String> reasons = new ArrayList<>();
    if (stopping) {
      reasons.add("the platform stops");
    }
    reasons.addAll(lacking.get());
    return new Readiness(reasons.isEmpty(), reasons);
  }
}
