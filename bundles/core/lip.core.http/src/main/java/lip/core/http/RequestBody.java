package lip.core.http;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;
import lip.api.failure.Failure;
import lip.api.failure.FailureClass;
import lip.api.failure.Rejected;
import lip.core.gateway.HeldBytes;
import org.jspecify.annotations.Nullable;

/**
 * The request's body under its limits. A read that takes too long is ended by the attendant, which
 * interrupts the reading thread; that happens between {@link #enter} and {@link #leave} only, so no
 * stray interrupt reaches a plugin.
 */
final class RequestBody {
  /**
   * Up to here a declared length is believed at once; beyond it the array grows with what really
   * comes.
   */
  private static final int BELIEVED = 1 << 20;

  /** The client was too slow, not a provider: 504 would be the wrong one's fault. */
  static final FailureClass LATE = new FailureClass("request_timeout", 408);

  private static final int FIRST = 8 * 1024;
  private static final int SLOWEST_PER_SECOND = 16 * 1024;

  /** When a request that found no room may come again. */
  private static final Duration BUSY = Duration.ofSeconds(1);

  private final HttpServletRequest request;
  private final Terms terms;
  private final Tenure tenure;
  private final HeldBytes budget;
  private final long declared;
  private final boolean chunked;
  private volatile boolean atEnd;
  private boolean taken;

  private @Nullable Thread reader;
  private long deadline;
  private boolean expired;
  // Guarded by this: bytes taken from the budget.
  private long held;

  RequestBody(HttpServletRequest request, Terms terms, Tenure tenure, HeldBytes budget) {
    this.request = request;
    this.terms = terms;
    this.tenure = tenure;
    this.budget = budget;
    this.declared = request.getContentLengthLong();
    this.chunked = request.getHeader("Transfer-Encoding") != null;
    this.atEnd = declared <= 0 && !chunked;
  }

  /** Whether bytes may still be on their way. */
  boolean unread() {
    return !atEnd;
  }

  /** The whole body, decoded. */
  byte[] whole() throws Rejected {
    take();
    Codings coding = Codings.of(request.getHeader("Content-Encoding"));
    if (declared > terms.largestBody()) {
      throw Codings.tooLarge(terms.largestBody());
    }
    if (atEnd) {
      return new byte[0];
    }
    byte[] raw;
    enter(terms.read());
    try {
      raw = readWhole(request.getInputStream());
    } catch (IOException | RuntimeException e) {
      throw broken(leave(), e);
    } finally {
      leave();
    }
    return coding.decode(raw, terms.largestBody(), this::room);
  }

  /**
   * Makes sure that so many bytes may be held; a packed body soon makes way for what it becomes.
   */
  private synchronized void room(long bytes) throws Rejected {
    long more = bytes - held;
    if (more > 0) {
      if (!budget.take(more, terms.maxHeldBodies())) {
        throw new Rejected(
            Failure.builder(
                    FailureClass.RATE_LIMITED,
                    "the server is busy with other large requests; please try again")
                .retryAfter(BUSY)
                .build());
      }
      held = bytes;
    }
  }

  /** The answer begins, or the exchange has ended: nobody needs the body any more. */
  synchronized void letGo() {
    budget.give(held);
    held = 0;
  }

  private byte[] readWhole(InputStream in) throws IOException, Rejected {
    int limit = (int) Math.min(terms.largestBody(), Integer.MAX_VALUE - 8);
    int size = (int) Math.min(limit, declared < 0 ? FIRST : Math.min(declared, BELIEVED));
    room(size);
    byte[] bytes = new byte[size];
    int count = 0;
    while (true) {
      if (count == bytes.length) {
        if (declared < 0 || count < declared) {
          if (count == limit) {
            int more = in.read();
            if (more >= 0) {
              throw Codings.tooLarge(terms.largestBody());
            }
            atEnd = true;
            return bytes;
          }
          long grown = Math.min(2L * count, declared < 0 ? limit : declared);
          room(grown);
          bytes = Arrays.copyOf(bytes, (int) grown);
        } else {
          atEnd = true;
          return bytes;
        }
      }
      int read = in.read(bytes, count, bytes.length - count);
      if (read < 0) {
        if (declared >= 0) {
          throw new IOException("the body ended before its declared length");
        }
        atEnd = true;
        return Arrays.copyOf(bytes, count);
      }
      count += read;
    }
  }

  private Rejected broken(boolean late, Exception e) {
    tenure.check();
    Failure failure =
        late
            ? Failure.of(
                LATE, "the request body did not arrive within " + terms.read().toMillis() + " ms")
            : Failure.of(
                FailureClass.INVALID_REQUEST, "the request body was cut off or is malformed");
    Rejected rejected = new Rejected(failure);
    rejected.initCause(e);
    return rejected;
  }

  /** The body as sent, for relays. */
  InputStream stream() {
    take();
    if (atEnd) {
      return InputStream.nullInputStream();
    }
    return new Relayed();
  }

  /**
   * Reads and drops what the client still sends, so that it can read the answer instead of a reset.
   */
  void drain(long mostBytes, Duration mostTime) {
    if (atEnd) {
      return;
    }
    enter(mostTime);
    try {
      InputStream in = request.getInputStream();
      byte[] dropped = new byte[FIRST];
      long count = 0;
      for (int read; count < mostBytes && (read = in.read(dropped)) >= 0; count += read) {
        // dropped
      }
    } catch (IOException | RuntimeException _) {
      // The client has gone, or took too long: there is nothing to wait for any more.
      return;
    } finally {
      leave();
    }
  }

  /** For the attendant: ends a read whose time is over. */
  void look(long now) {
    synchronized (this) {
      if (reader != null && !expired && now - deadline > 0) {
        expired = true;
        reader.interrupt();
      }
    }
  }

  private void take() {
    tenure.check();
    if (taken) {
      throw new IllegalStateException("the body was read before");
    }
    taken = true;
  }

  private synchronized void enter(Duration limit) {
    reader = Thread.currentThread();
    deadline = System.nanoTime() + limit.toNanos();
    expired = false;
  }

  /** Whether time was over; takes the attendant's interrupt back. */
  private synchronized boolean leave() {
    if (reader != null && expired) {
      Thread.interrupted();
    }
    reader = null;
    return expired;
  }

  /** Longest pause, least speed, most bytes. */
  private final class Relayed extends InputStream {
    private final long since = System.nanoTime();
    private long count;

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      tenure.check();
      int read;
      enter(terms.read());
      try {
        read = request.getInputStream().read(bytes, offset, length);
      } catch (IOException | RuntimeException e) {
        boolean late = leave();
        tenure.check();
        throw new IOException(
            late ? "the request body paused for too long" : "the request body was cut off", e);
      } finally {
        leave();
      }
      if (read < 0) {
        atEnd = true;
        return read;
      }
      count += read;
      if (count > terms.maxRawBody()) {
        throw new IOException("the request body is larger than " + terms.maxRawBody() + " bytes");
      }
      long nanos = System.nanoTime() - since;
      if (nanos > terms.read().toNanos() && count / (nanos / 1e9) < SLOWEST_PER_SECOND) {
        throw new IOException("the request body comes too slowly");
      }
      return read;
    }
  }
}
