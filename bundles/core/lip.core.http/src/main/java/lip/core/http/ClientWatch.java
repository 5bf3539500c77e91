package lip.core.http;

import java.io.IOException;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices that a client has ended its side of the connection while its answer is still being made:
 * one daemon thread selects the server's own channels for reading. It looks and never reads:
 * readable without a byte to read means ended, whether by a client that is gone or by one that only
 * sends no more; bytes belong to the next request, and then this client is not watched any more.
 *
 * <p>Only the thread touches keys, so what a selection reports always belongs to the watch it
 * reports it to. A key stays with its channel for the next request; an ended watch costs at most
 * one idle turn.
 */
final class ClientWatch implements AutoCloseable {
  /** How soon keys of closed channels are given up; their sockets stay in the kernel until then. */
  private static final long SWEEP_MILLIS = 500;

  private static final Logger log = LoggerFactory.getLogger(ClientWatch.class);

  /** A watch over one exchange. */
  static final class Watch {
    private final SocketChannel channel;
    private volatile @Nullable Runnable ended;

    private Watch(SocketChannel channel, Runnable ended) {
      this.channel = channel;
      this.ended = ended;
    }

    /** Ends the watch; any thread. */
    void done() {
      ended = null;
    }
  }

  private final Queue<Watch> arrivals = new ConcurrentLinkedQueue<>();
  private final Selector selector;
  private volatile boolean closed;

  ClientWatch() throws IOException {
    selector = Selector.open();
    Thread.ofPlatform().daemon().name("lip-client-watch").start(this::run);
  }

  /** Watches a channel; {@code ended} runs on the watch's thread and must not block. */
  Watch watch(SocketChannel channel, Runnable ended) {
    Watch watch = new Watch(channel, ended);
    arrivals.add(watch);
    selector.wakeup();
    return watch;
  }

  private void run() {
    try (selector) {
      while (!closed) {
        for (Watch next = arrivals.poll(); next != null; next = arrivals.poll()) {
          register(next);
        }
        if (selector.keys().isEmpty()) {
          selector.select(this::look);
        } else {
          selector.select(this::look, SWEEP_MILLIS);
        }
      }
    } catch (IOException e) {
      log.error("the client watch ended; vanished clients are noticed by keep-alives only", e);
    }
  }

  private void register(Watch watch) {
    try {
      SelectionKey key = watch.channel.keyFor(selector);
      if (key != null && !key.isValid()) {
        tell(watch);
      } else {
        watch.channel.register(selector, SelectionKey.OP_READ, watch);
      }
    } catch (ClosedChannelException | CancelledKeyException e) {
      tell(watch);
    }
  }

  private void look(SelectionKey key) {
    if (!(key.attachment() instanceof Watch watch)) {
      return;
    }
    try {
      key.interestOps(0);
      if (watch.ended != null && watch.channel.socket().getInputStream().available() == 0) {
        tell(watch);
      }
    } catch (IOException | CancelledKeyException e) {
      tell(watch);
    }
    key.attach(null);
  }

  private static void tell(Watch watch) {
    Runnable ended = watch.ended;
    watch.ended = null;
    if (ended != null) {
      try {
        ended.run();
      } catch (RuntimeException e) {
        log.error("the client watch failed on an exchange", e);
      }
    }
  }

  @Override
  public void close() {
    closed = true;
    selector.wakeup();
  }
}
