package lip.core.http;

import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The way of a response's bytes to the socket. At first whoever sends waits until it has taken
 * them; once it is polled, a sending begins and its end is told. Guarded by the lock of its writer.
 */
final class Outlet implements Wire.Sent {
  /** Told when a sending that was begun has ended, under the lock. */
  interface Owner {
    void sent();

    void failed(IOException e);
  }

  /** The JVM keeps a direct buffer of the largest size that a thread ever wrote. */
  private static final int PIECE = 16 * 1024;

  private static final byte[] NOTHING = {};

  private final ReentrantLock lock;
  private final Condition free;
  private final OutputStream out;
  private final Wire wire;
  private final Owner owner;

  private boolean polled;
  private byte[] leaving = NOTHING;
  private int from;
  private int to;
  private boolean handing;
  private volatile boolean underWay;
  private @Nullable IOException failure;

  /** When the socket operation under way began; 0 = none. */
  private volatile long busySince;

  private volatile long lastSent;

  Outlet(ReentrantLock lock, OutputStream out, Wire wire, Owner owner) {
    this.lock = lock;
    this.free = lock.newCondition();
    this.out = out;
    this.wire = wire;
    this.owner = owner;
  }

  /** Nanoseconds that the socket operation under way has taken; 0 = none is. Any thread. */
  long busyFor(long now) {
    long since = busySince;
    return since == 0 ? 0 : Math.max(1, now - since);
  }

  /** Nanoseconds since bytes left, or since silence began to count. Any thread. */
  long silentFor(long now) {
    return now - lastSent;
  }

  /** Silence counts from now. */
  void quiet() {
    lastSent = System.nanoTime();
  }

  /** From now on nobody waits; nothing may be under way. */
  void poll() {
    polled = true;
  }

  boolean isPolled() {
    return polled;
  }

  /** Whether a sending that was begun has not ended: no other may begin. Any thread. */
  boolean isUnderWay() {
    return underWay;
  }

  /** From now on whoever sends waits; so does this call, for the end of what is under way. */
  void block() {
    while (underWay) {
      free.awaitUninterruptibly();
    }
    polled = false;
  }

  /** The same for a limited time; false = it is under way still. */
  boolean block(long patience, TimeUnit unit) throws InterruptedException {
    long left = unit.toNanos(patience);
    while (underWay) {
      if (left <= 0) {
        return false;
      }
      left = free.awaitNanos(left);
    }
    polled = false;
    return true;
  }

  /**
   * Sends; while polled it may be under way afterwards, the bytes still belong to it, and {@link
   * Wire#ROOM} stands before them.
   */
  void send(byte[] bytes, int offset, int length) throws IOException {
    busySince = System.nanoTime();
    if (polled) {
      leaving = bytes;
      from = offset;
      to = offset + length;
      underWay = true;
      go();
      return;
    }
    try {
      out.write(bytes, offset, length);
      out.flush();
    } finally {
      busySince = 0;
    }
    quiet();
  }

  /** Sends the last bytes and ends the body; waits. */
  void end(byte[] bytes, int offset, int length) throws IOException {
    busySince = System.nanoTime();
    try {
      out.write(bytes, offset, length);
      out.close();
    } finally {
      busySince = 0;
    }
  }

  /** Sends what may be sent before the head; false = cannot. Waits. */
  boolean interim() throws IOException {
    busySince = System.nanoTime();
    try {
      return wire.interim();
    } finally {
      busySince = 0;
    }
  }

  private void go() throws IOException {
    while (from < to) {
      int piece = Math.min(PIECE, to - from);
      // What stands before it has been sent and is the wire's.
      int offset = from;
      from += piece;
      handing = true;
      try {
        wire.send(leaving, offset, piece, this);
      } catch (RuntimeException e) {
        handing = false;
        over();
        throw new IOException("the container refuses to send", e);
      }
      if (handing) {
        // Not taken at once: the container says when.
        handing = false;
        return;
      }
    }
    over();
    IOException failed = failure;
    if (failed != null) {
      throw failed;
    }
    quiet();
  }

  private void over() {
    leaving = NOTHING;
    underWay = false;
    busySince = 0;
    free.signalAll();
  }

  @Override
  public void sent(@Nullable Throwable failed) {
    lock.lock();
    try {
      if (failed != null) {
        failure = new IOException("the client is gone", failed);
        from = to;
      }
      if (handing) {
        handing = false;
        return;
      }
      go();
      if (!underWay) {
        owner.sent();
      }
    } catch (IOException e) {
      owner.failed(e);
    } finally {
      lock.unlock();
    }
  }
}
