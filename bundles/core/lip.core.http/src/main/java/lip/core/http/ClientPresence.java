package lip.core.http;

import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import lip.sdk.frontend.ExchangeEnded;
import org.jspecify.annotations.Nullable;

/**
 * Finds out whether the client is still there while its answer is being made: from the time its
 * request is read until the last write, which tells by itself.
 */
final class ClientPresence {
  /**
   * When a client that sends no more is asked again; the reset of one that is gone needs a trip.
   */
  private static final List<Duration> PROBES =
      List.of(
          Duration.ofMillis(2),
          Duration.ofMillis(8),
          Duration.ofMillis(50),
          Duration.ofMillis(250),
          Duration.ofSeconds(1),
          Duration.ofSeconds(5));

  private final @Nullable ClientWatch clients;
  private final Wire wire;
  private final Tenure tenure;
  private final RequestBody body;
  private final RecordWriter writer;
  private final Fate fate;
  private volatile boolean watched;
  private volatile ClientWatch.@Nullable Watch watch;

  /**
   * @param clients null = this server hides its connections
   * @param fate told when the client is gone
   */
  ClientPresence(
      @Nullable ClientWatch clients,
      Wire wire,
      Tenure tenure,
      RequestBody body,
      RecordWriter writer,
      Fate fate) {
    this.clients = clients;
    this.wire = wire;
    this.tenure = tenure;
    this.body = body;
    this.writer = writer;
    this.fate = fate;
  }

  /** Whether the watch has begun. */
  boolean watched() {
    return watched;
  }

  /** Begins once the body is read; before that the reading itself tells. */
  void begin() {
    ClientWatch all = clients;
    if (all == null || body.unread() || !first()) {
      return;
    }
    Optional<SocketChannel> channel = wire.channel();
    if (channel.isPresent()) {
      watch = all.watch(channel.get(), this::inputEnded);
      if (!tenure.held() || writer.over()) {
        end();
      }
    }
  }

  private synchronized boolean first() {
    boolean first = !watched;
    watched = true;
    return first;
  }

  /** Nobody has to know any more. */
  void end() {
    ClientWatch.Watch ended = watch;
    if (ended != null) {
      ended.done();
    }
  }

  /** The client sends no more. That is all a client does that is gone; one that waits does too. */
  private void inputEnded() {
    Thread.ofVirtual().name("lip-half-closed").start(this::askWhetherGone);
  }

  private void askWhetherGone() {
    try {
      for (Duration pause : PROBES) {
        if (!writer.probe()) {
          fate.lost();
          return;
        }
        LockSupport.parkNanos(pause.toNanos());
        if (!tenure.held() || writer.over()) {
          return;
        }
      }
    } catch (ExchangeEnded _) {
      // The writer has told it already.
    }
  }
}
