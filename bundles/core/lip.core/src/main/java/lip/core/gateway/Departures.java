package lip.core.gateway;

import java.time.Duration;
import org.osgi.annotation.versioning.ProviderType;

/** What the deployer needs to swap bundles without a lost request. A service. */
@ProviderType
public interface Departures {
  /** How the kinds of a bundle fare. */
  sealed interface Standing {
    /** Not settled yet: kinds missing or instances being made. */
    record Pending() implements Standing {}

    /** Every kind of the bundle serves or has nothing to serve. */
    record Live() implements Standing {}

    /**
     * Some instance cannot be made by this bundle; another version may serve in its place.
     *
     * @param reason why
     */
    record Failed(String reason) implements Standing {}
  }

  /** From now on the kinds of this bundle are used only where no other can serve. */
  void supersede(long bundleId);

  /**
   * The same, for each kind from the moment on that the successor has it, too: until then a third
   * bundle, older than both, must not serve in between.
   */
  void supersede(long bundleId, long successor);

  /** Takes {@code supersede} back. */
  void restore(long bundleId);

  /**
   * Excludes a bundle from new work and waits until its instances are drained, at most {@code
   * lip.plugins drain.timeout}; then revokes what is left. Afterwards the bundle may be
   * uninstalled. Blocks.
   */
  void depart(long bundleId) throws InterruptedException;

  /**
   * Standing of a bundle.
   *
   * @param bundleId bundle
   * @param kinds number of kind services it is expected to register
   */
  Standing standing(long bundleId, int kinds);

  /**
   * Runs an action after each change of the snapshot or of a standing; on a thread of the core,
   * must not block.
   */
  AutoCloseable onChange(Runnable action);

  /** The drain limit in force. */
  Duration drainLimit();
}
