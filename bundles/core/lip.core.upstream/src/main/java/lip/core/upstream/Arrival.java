package lip.core.upstream;

import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The waits for the bytes of one exchange's connection, without a thread of its own. The key stays
 * with the loop from one wait to the next: a wait costs no system call but the one for all.
 */
final class Arrival {
  private final SocketChannel channel;
  private final Intake intake;
  private final AtomicReference<@Nullable Runnable> look = new AtomicReference<>();
  private volatile SelectorLoop loop;
  private volatile @Nullable SelectionKey key;
  // Guarded by this: the channel gets no key any more.
  private boolean ended;

  Arrival(SocketChannel channel, Intake intake, SelectorLoop loop) {
    this.channel = channel;
    this.intake = intake;
    this.loop = loop;
  }

  /** Has something run on the loop's thread, once: when bytes arrive or the channel is closed. */
  void await(Runnable then) {
    look.set(then);
    SelectorLoop current = loop;
    if (!current.isCurrent() || !isWatched()) {
      current.execute(this::register);
    }
  }

  private boolean isWatched() {
    SelectionKey registered = key;
    try {
      return registered != null && registered.interestOps() != 0;
    } catch (CancelledKeyException _) {
      return false;
    }
  }

  /**
   * The channel was closed; any thread. The socket itself stays open until the loop has let go of
   * its key.
   */
  void cutShort() {
    if (look.get() != null || key != null) {
      loop.execute(this::run);
    }
  }

  /** Ends the watch for good: the channel may wait by itself again. Any thread. */
  synchronized void end() {
    ended = true;
    look.set(null);
    SelectionKey registered = key;
    if (registered != null) {
      registered.cancel();
      // The kernel keeps a socket that is closed until the next selection lets go of it.
      loop.wake();
    }
  }

  /** On the thread of a loop. */
  synchronized void register() {
    if (ended || look.get() == null) {
      return;
    }
    try {
      SelectorLoop live = loop.live();
      SelectionKey registered = key;
      if (!live.isCurrent()) {
        live.execute(this::register);
      } else if (registered == null || live != loop) {
        if (registered != null) {
          registered.cancel();
        }
        loop = live;
        key = live.register(channel, this);
        if (live.live() != live) {
          // Replaced meanwhile, and not seen to wait here.
          live.execute(this::register);
        }
      } else {
        registered.interestOps(SelectionKey.OP_READ);
      }
    } catch (ClosedChannelException | CancelledKeyException _) {
      loop.execute(this::run);
    }
  }

  /** On the loop's thread: bytes, or the end. */
  void arrived(SelectionKey selected) {
    if (look.get() == null) {
      // Who reads is busy elsewhere: it comes back to this.
      selected.interestOps(0);
    } else {
      run();
    }
  }

  private void run() {
    // After a cut too: the next read finds out.
    intake.arrived();
    Runnable then = look.getAndSet(null);
    if (then != null) {
      then.run();
    }
  }
}
