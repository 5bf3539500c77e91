package lip.sdk.fidelity;

import org.osgi.annotation.versioning.ProviderType;

/**
 * Takes what does not pass unchanged, for the log, the inventory and clients that ask. A report
 * never fails and never blocks; any number of them is legal, the same one is counted, and of many
 * different ones only the first are kept by name. Report nothing when nothing is lost: then nothing
 * is allocated. Safe from any thread; a report after the request has ended has no effect.
 */
@ProviderType
@FunctionalInterface
public interface Fidelity {
  /** Nobody wants to know. */
  Fidelity NOBODY = _ -> {};

  /** Takes note. */
  void report(Deviation deviation);

  /** Something the provider is not told; see {@link Deviation#lost}. */
  default void lost(String field, String reason) {
    report(Deviation.lost(field, reason));
  }

  /** Something the provider is told in another way; see {@link Deviation#mapped}. */
  default void mapped(String field, String became, String reason) {
    report(Deviation.mapped(field, became, reason));
  }
}
