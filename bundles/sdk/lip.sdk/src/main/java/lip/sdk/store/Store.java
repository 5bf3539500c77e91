package lip.sdk.store;

import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Keeps state. What it can keep is told by contracts: interfaces of this package, looked up by
 * type, so that contracts added later break no store.
 */
@ConsumerType
public interface Store extends AutoCloseable {
  /** Whether what was written is still there after a crash of the process. */
  boolean durable();

  /**
   * Its implementation of a contract. Schemas are migrated before the first call returns. Safe from
   * any thread; the same object each time.
   *
   * @return empty = this store does not keep such state
   */
  <C> Optional<C> contract(Class<C> type);

  @Override
  void close();
}
