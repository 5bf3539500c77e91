package lip.core.instances;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import lip.core.gateway.EndCause;
import lip.core.snapshot.OpenHolders;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets instances go: waits for their leases, takes them away at the limit, closes the instance.
 * Each drain has a virtual thread; who departs with a bundle waits on its own thread besides.
 */
final class Drains {
  private static final Logger LOG = LoggerFactory.getLogger(Drains.class);

  /** From the revocation to the close: the holders of a frontend write their last words. */
  private static final Duration LAST_WORDS = Duration.ofSeconds(2);

  /** How long a departing bundle waits for a {@code close()} that hangs. */
  private static final Duration CLOSING = Duration.ofSeconds(5);

  private final OpenHolders holders;
  private final Supplier<Duration> limit;
  private final Runnable changed;
  private volatile boolean hurried;

  Drains(OpenHolders holders, Supplier<Duration> limit, Runnable changed) {
    this.holders = holders;
    this.limit = limit;
    this.changed = changed;
  }

  /** The framework stops: nobody waits any more. */
  void hurry() {
    hurried = true;
  }

  /**
   * Retires an instance that is in no snapshot any more, and closes it once its leases are back.
   */
  void retire(Live live) {
    live.entry().retire();
    Thread.ofVirtual()
        .name("lip-drain-" + live.key())
        .start(() -> {
          try {
            await(live, limit.get());
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
  }

  /** Waits for the leases of a retired instance, at most the limit; then it is closed. */
  void await(Live live, Duration atMost) throws InterruptedException {
    Duration wait = hurried ? Duration.ZERO : atMost;
    if (!live.entry().awaitDrained(wait.isNegative() ? Duration.ZERO : wait)) {
      if (end(live) && !hurried) {
        boolean drained = live.entry().awaitDrained(LAST_WORDS);
        LOG.debug("after the last words: instance={} drained={}", live.key(), drained);
      }
    }
    close(live);
  }

  /** Takes the leases away; false when nobody is there to write last words. */
  private boolean end(Live live) {
    if (!live.beginRevoke()) {
      return true; // The other waiter did: an instance may leave on its own and with its bundle.
    }
    live.entry().revoke();
    int ended = holders.revoke(live.entry(), EndCause.DRAIN);
    LOG.warn(
        "drain limit passed: instance={} bundle={} leases={} ended={}",
        live.key(),
        live.source().origin(),
        live.entry().leases(),
        ended);
    return ended > 0;
  }

  private void close(Live live) throws InterruptedException {
    if (!live.beginClose()) {
      if (!live.closedLatch().await(CLOSING.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.warn("instance does not come back from close: instance={}", live.key());
      }
      return;
    }
    Thread closer =
        Thread.ofVirtual()
            .name("lip-close-" + live.key())
            .start(() -> {
              try {
                InstanceMaker.close(live.key(), live.entry().instance());
              } finally {
                live.source().alive().remove(live);
                live.closed();
                changed.run();
              }
            });
    if (!closer.join(CLOSING)) {
      LOG.warn("instance does not come back from close: instance={}", live.key());
    } else {
      LOG.info("instance closed: instance={} bundle={}", live.key(), live.source().origin());
    }
  }
}
