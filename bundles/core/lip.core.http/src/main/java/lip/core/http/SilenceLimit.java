package lip.core.http;

import java.time.Duration;

/**
 * The connection's own limit of silence: off while an exchange lasts that the attendant looks
 * after, on again between exchanges. Setting it is dear, and most exchanges are over before anybody
 * looks, so it is lifted at the first look.
 */
final class SilenceLimit {
  /** Well above the time between two looks. */
  private static final Duration SHORT = Duration.ofSeconds(2);

  private final Wire wire;
  private final Duration usual;
  private boolean lifted;
  private boolean ended;

  SilenceLimit(Wire wire, Duration usual) {
    this.wire = wire;
    this.usual = usual;
    if (usual.compareTo(SHORT) < 0) {
      lift();
    }
  }

  /** From now on the exchange may be silent; does nothing after its end. */
  synchronized void lift() {
    if (!lifted && !ended) {
      lifted = true;
      wire.idle(Duration.ZERO);
    }
  }

  /** The exchange is over. */
  synchronized void end() {
    ended = true;
    wire.idle(usual);
  }
}
