package lip.core.http;

import java.time.Duration;
import lip.core.gateway.EndCause;
import lip.sdk.frontend.ExchangeEnded;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the attendant does for one exchange: ends it when the client stalls, breaks the silence, and
 * sees to it that whoever lost the right to write comes back.
 */
final class Vigil implements Attendant.Charge {
  /** What it can do to the exchange; any thread, never blocks. */
  interface Host {
    /** The client cannot be served any more. */
    void gone(EndCause cause);

    /** Something happened that a stream without a thread must be told. */
    void wake();

    /** Interrupts the plugin that does not come back; whether it still runs. */
    boolean interrupt();
  }

  /** How long the core's own last write may take. */
  private static final Duration FAREWELL = Duration.ofSeconds(2);

  /** How long a thread may go on after its exchange has ended before it is interrupted. */
  private static final Duration GRACE = Duration.ofSeconds(5);

  private static final Logger log = LoggerFactory.getLogger(Vigil.class);

  private final Attendant attendant;
  private final RequestHead head;
  private final Terms terms;
  private final Tenure tenure;
  private final Wire wire;
  private final RequestBody body;
  private final RecordWriter writer;
  private final ClientPresence client;
  private final SilenceLimit silenceLimit;
  private final Host host;
  private boolean settled;

  /** Whether a keep-alive is on its way; only the attendant begins one. */
  private volatile boolean breaking;

  Vigil(
      Attendant attendant,
      RequestHead head,
      Terms terms,
      Tenure tenure,
      Wire wire,
      RequestBody body,
      RecordWriter writer,
      ClientPresence client,
      Host host) {
    this.attendant = attendant;
    this.head = head;
    this.terms = terms;
    this.tenure = tenure;
    this.wire = wire;
    this.body = body;
    this.writer = writer;
    this.client = client;
    this.host = host;
    this.silenceLimit = new SilenceLimit(wire, terms.idle());
  }

  int localPort() {
    return head.localPort();
  }

  void begin() {
    attendant.add(this);
  }

  /** Nobody looks any more; the connection has its usual limit again. */
  void end() {
    attendant.remove(this);
    silenceLimit.end();
  }

  /** Nothing waits for a plugin that does not come back. */
  void giveUp() {
    attendant.remove(this);
  }

  @Override
  public void look(long now) {
    if (!settled) {
      settle(now);
    }
    long busy = writer.busyFor(now);
    long lost = tenure.lostFor(now);
    if (lost == 0 && busy > terms.write().toNanos()) {
      host.gone(EndCause.CLIENT_STALLED);
    } else if (lost != 0 && busy > FAREWELL.toNanos()) {
      wire.cut();
    }
    if (lost == 0
        && busy == 0
        && writer.silentFor(now) >= terms.keepAlive().toNanos()
        && !breaking
        && !breakSilence(false)) {
      breaking = true;
      Thread.ofVirtual().name("lip-keep-alive").start(this::breakSilence);
    }
    if (lost != 0) {
      host.wake();
    }
    if (lost > GRACE.toNanos() && host.interrupt()) {
      giveUp();
    }
  }

  /** What is looked at until the body is read: thousands of silent streams shall cost little. */
  private void settle(long now) {
    silenceLimit.lift();
    body.look(now);
    if (tenure.held()) {
      client.begin();
    }
    settled = !body.unread() && client.watched();
  }

  private void breakSilence() {
    try {
      breakSilence(true);
    } finally {
      breaking = false;
    }
  }

  /** Whether nothing is left to do. */
  private boolean breakSilence(boolean patient) {
    try {
      return writer.keepAlive(patient);
    } catch (ExchangeEnded e) {
      log.debug("{} client gone at a keep-alive", head.traceId(), e);
      return true;
    }
  }
}
