package lip.core.http;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import lip.sdk.frontend.ErrorReply;
import lip.sdk.frontend.ExchangeEnded;
import lip.sdk.frontend.LastWords;
import lip.sdk.frontend.Records;
import lip.sdk.http.Headers;
import org.jspecify.annotations.Nullable;

/**
 * The response: one lock, whole records, one write per flush. The plugin writes while its tenure
 * lasts; afterwards only the core does, through {@link #conclude}.
 */
final class RecordWriter implements Records, Outlet.Owner {
  private enum Phase {
    OPEN,
    PREPARED,
    STARTED,
    OVER
  }

  private enum Ending {
    BODY,
    CUT
  }

  /** Enough to be sent at once, whatever follows. */
  private static final int FULL = 15 * 1024;

  private static final byte[] NOTHING = {};

  private final ReentrantLock lock = new ReentrantLock();
  private final HttpServletResponse response;
  private final Outlet outlet;
  private final Tenure tenure;
  private final Wire wire;
  private final Supplier<LastWords> words;
  private final Fate fate;

  private volatile Phase phase = Phase.OPEN;
  private ResponseHead head = ResponseHead.NONE;
  private byte[] keepAlive = NOTHING;
  private final Batch batch = new Batch();
  private boolean recorded;

  /** How the plugin ended the response while it was polled; null = it has not. */
  private @Nullable Ending ending;

  RecordWriter(
      HttpServletResponse response, Tenure tenure, Wire wire, Supplier<LastWords> words, Fate fate)
      throws IOException {
    this.response = response;
    this.outlet = new Outlet(lock, response.getOutputStream(), wire, this);
    this.tenure = tenure;
    this.wire = wire;
    this.words = words;
    this.fate = fate;
  }

  boolean started() {
    return phase == Phase.STARTED || phase == Phase.OVER;
  }

  boolean over() {
    return phase == Phase.OVER;
  }

  /** Nanoseconds that the socket operation under way has taken; 0 = none is. */
  long busyFor(long now) {
    return outlet.busyFor(now);
  }

  /** Nanoseconds of silence on a stream that wants keep-alives; 0 = nothing is due. */
  long silentFor(long now) {
    return phase == Phase.PREPARED || phase == Phase.STARTED ? outlet.silentFor(now) : 0;
  }

  /** A whole response of the plugin. */
  void respond(int withStatus, Headers with, byte[] body) {
    lock.lock();
    try {
      tenure.check();
      switch (phase) {
        case OPEN, PREPARED -> whole(withStatus, with, body);
        case OVER -> throw new IllegalStateException("the response has ended");
        case STARTED -> {
          if (recorded) {
            throw new IllegalStateException("a streamed response has begun");
          }
          // A keep-alive was faster than the failure: it is told in the stream's own form.
          last(words.get());
        }
      }
    } finally {
      lock.unlock();
    }
  }

  /** A streamed response of the plugin. */
  Records prepare(int withStatus, Headers with, byte[] silence) {
    lock.lock();
    try {
      tenure.check();
      if (phase != Phase.OPEN) {
        throw new IllegalStateException("a response has begun");
      }
      head = new ResponseHead(withStatus, with);
      keepAlive = silence;
      outlet.quiet();
      phase = Phase.PREPARED;
      return this;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void write(byte[] bytes, int offset, int length) {
    lock.lock();
    try {
      writable();
      if (!recorded) {
        recorded = true;
        fate.answering();
      }
      if (outlet.isPolled()) {
        batch.add(bytes, offset, length);
        if (batch.size() >= FULL) {
          send();
        }
        return;
      }
      if (batch.size() + length > FULL) {
        send();
      }
      if (length >= FULL) {
        start();
        socket(bytes, offset, length);
      } else {
        batch.add(bytes, offset, length);
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void flush() {
    lock.lock();
    try {
      writable();
      send();
      batch.rest();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void end() {
    lock.lock();
    try {
      writable();
      if (outlet.isPolled()) {
        ending = Ending.BODY;
      } else {
        close();
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void breakOff(byte[] error) {
    lock.lock();
    try {
      writable();
      batch.add(error, 0, error.length);
      if (outlet.isPolled()) {
        ending = Ending.CUT;
      } else {
        cutAfterSending();
      }
    } finally {
      lock.unlock();
    }
  }

  /** From now on nothing waits: {@link #flush} begins to send, and {@link #settle} ends. */
  void poll() {
    lock.lock();
    try {
      outlet.poll();
    } finally {
      lock.unlock();
    }
  }

  /** Whether something is under way, which {@link Fate#drained} tells the end of. */
  boolean pending() {
    if (!outlet.isUnderWay()) {
      return false;
    }
    // A keep-alive that leaves at once has left when the lock is free: nobody tells its end.
    lock.lock();
    try {
      return outlet.isUnderWay();
    } finally {
      lock.unlock();
    }
  }

  /** From now on whoever writes waits; so does this call, for what is under way. */
  void block() {
    lock.lock();
    try {
      // The attendant cuts the connection of a client that takes nothing for too long.
      outlet.block();
    } finally {
      lock.unlock();
    }
  }

  /** Sends the end that the plugin wrote while nothing waited. */
  void settle() {
    lock.lock();
    try {
      outlet.block();
      Ending written = ending;
      ending = null;
      if (written == null || phase == Phase.OVER) {
        return;
      }
      tenure.check();
      switch (written) {
        case BODY -> close();
        case CUT -> cutAfterSending();
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void sent() {
    if (!batch.isEmpty() && tenure.held() && !over()) {
      try {
        send();
        batch.rest();
      } catch (ExchangeEnded _) {
        return; // Whoever lost the client has told it.
      }
    }
    if (!outlet.isUnderWay()) {
      fate.drained();
    }
  }

  @Override
  public void failed(IOException e) {
    lose();
    fate.drained();
  }

  /**
   * Sends the keep-alive record unless somebody is writing.
   *
   * @param patient whether this thread may wait for the client to take it
   * @return false = it would have to
   */
  boolean keepAlive(boolean patient) {
    if (!lock.tryLock()) {
      return true;
    }
    try {
      if (!tenure.held()
          || keepAlive.length == 0
          || phase == Phase.OPEN
          || over()
          || outlet.isUnderWay()) {
        return true;
      }
      if (!patient && !outlet.isPolled()) {
        return false;
      }
      batch.add(keepAlive, 0, keepAlive.length);
      send();
      return true;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Sends what a client may be sent at any time: a keep-alive, or before the head an interim
   * response. One that is gone answers with a reset, and the next write fails.
   *
   * @return false = there is nothing that may be sent
   */
  boolean probe() {
    if (!lock.tryLock()) {
      return true; // A write under way finds out by itself.
    }
    try {
      if (!tenure.held() || over() || outlet.isUnderWay()) {
        return true;
      }
      if (phase == Phase.OPEN) {
        return fate.chunks() && interim();
      }
      if (keepAlive.length == 0) {
        return false;
      }
      batch.add(keepAlive, 0, keepAlive.length);
      send();
      return true;
    } finally {
      lock.unlock();
    }
  }

  private boolean interim() {
    try {
      return outlet.interim();
    } catch (IOException e) {
      throw lost(e);
    }
  }

  /**
   * The core's end of a response: the reply when nothing was sent, else the last words. Does
   * nothing when it is over.
   *
   * @param unstarted reply when nothing was sent
   * @param patience how long to wait for a write under way
   * @return false = a write under way did not end in time
   */
  boolean conclude(ErrorReply unstarted, LastWords started, long patience, TimeUnit unit)
      throws InterruptedException {
    if (!lock.tryLock(patience, unit)) {
      return false;
    }
    try {
      if (!outlet.block(patience, unit)) {
        return false;
      }
      if (phase != Phase.OVER) {
        last(new LastWords(unstarted, started.started(), started.breakOff()));
      }
    } finally {
      lock.unlock();
    }
    return true;
  }

  private void writable() {
    tenure.check();
    if (phase == Phase.OVER || phase == Phase.OPEN) {
      throw new IllegalStateException("the response has ended");
    }
  }

  private void last(LastWords last) {
    if (phase != Phase.STARTED) {
      whole(last.unstarted().status(), last.unstarted().headers(), last.unstarted().body());
      return;
    }
    batch.add(last.started(), 0, last.started().length);
    if (last.breakOff()) {
      cutAfterSending();
    } else {
      close();
    }
  }

  private void whole(int withStatus, Headers with, byte[] body) {
    new ResponseHead(withStatus, with).write(response, fate);
    batch.release();
    phase = Phase.OVER;
    response.setContentLength(body.length);
    fate.ending();
    try {
      outlet.end(body, 0, body.length);
    } catch (IOException e) {
      throw lost(e);
    }
  }

  private void close() {
    fate.ending();
    start();
    phase = Phase.OVER;
    try {
      outlet.end(batch.bytes(), Wire.ROOM, batch.size());
    } catch (IOException e) {
      throw lost(e);
    } finally {
      batch.release();
    }
  }

  private void cutAfterSending() {
    fate.ending();
    send();
    phase = Phase.OVER;
    batch.release();
    wire.cut();
  }

  private void start() {
    if (phase == Phase.PREPARED) {
      head.write(response, fate);
      if (fate.chunks()) {
        // Without it a client that asks for "Connection: close" could not see a stream break off.
        response.setHeader("Transfer-Encoding", "chunked");
      }
      head = ResponseHead.NONE;
      phase = Phase.STARTED;
    }
  }

  private void send() {
    if (outlet.isUnderWay()) {
      return; // It leaves behind what is under way.
    }
    start();
    socket(batch.bytes(), Wire.ROOM, batch.size());
    if (outlet.isUnderWay()) {
      batch.release();
    } else {
      batch.clear();
    }
  }

  private void socket(byte[] bytes, int offset, int length) {
    try {
      outlet.send(bytes, offset, length);
    } catch (IOException e) {
      throw lost(e);
    }
  }

  private ExchangeEnded lost(IOException e) {
    lose();
    return new ExchangeEnded("the client is gone", e);
  }

  private void lose() {
    phase = Phase.OVER;
    batch.release();
    fate.lost();
  }
}
