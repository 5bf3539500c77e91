package lip.core.upstream;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import lip.api.event.StreamClosed;
import lip.api.failure.UpstreamFailure;
import lip.core.gateway.AnswerRoom;
import lip.sdk.http.Headers;
import lip.sdk.upstream.Reply;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.impl.DefaultConnectionReuseStrategy;
import org.apache.hc.core5.http.message.MessageSupport;
import org.jspecify.annotations.Nullable;

/** An answer that is being read. One thread reads; any thread closes. */
final class HttpReply implements Reply {
  /** Takes back what the reply used. */
  interface Owner {
    /** The exchange is over; the connection is free for another one when it may be kept. */
    void done(Exchange exchange, Connection connection, boolean keep);

    /** The exchange is over and the connection with it. */
    void gone(Exchange exchange);
  }

  /** Bytes that are read without a pause for others. */
  private static final int TURN = 64 * 1024;

  private final Owner owner;
  private final Exchange exchange;
  private final Connection connection;
  private final Limit idle;
  private final int status;
  private final Headers headers;
  private final boolean reusable;
  private final boolean packed;
  private final InputStream body;
  private final AnswerRoom.Share held;
  private long delivered;
  private int sinceParked;
  private boolean ended;
  private @Nullable UpstreamFailure failure;
  private volatile boolean closed;

  HttpReply(
      Owner owner,
      Exchange exchange,
      Connection connection,
      ClassicHttpResponse head,
      String method,
      boolean unpack,
      Limit idle,
      AnswerRoom.Share held)
      throws IOException, HttpException {
    this.owner = owner;
    this.exchange = exchange;
    this.connection = connection;
    this.idle = idle;
    this.held = held;
    this.status = head.getCode();
    // Both framings at once is how requests are smuggled: read it, never reuse it.
    this.reusable =
        DefaultConnectionReuseStrategy.INSTANCE.keepAlive(null, head, null)
            && !(head.containsHeader("Content-Length") && head.containsHeader("Transfer-Encoding"));
    InputStream content =
        MessageSupport.canResponseHaveBody(method, head) ? connection.openBody(head) : null;
    this.packed = content != null && unpack && isGzip(head);
    this.headers = headers(head, packed);
    if (content == null) {
      this.body = InputStream.nullInputStream();
      finish();
    } else {
      this.body = packed ? new Gunzip(content) : content;
    }
  }

  private static boolean isGzip(ClassicHttpResponse head) {
    Header[] codings = head.getHeaders("Content-Encoding");
    return codings.length == 1
        && (codings[0].getValue().equalsIgnoreCase("gzip")
            || codings[0].getValue().equalsIgnoreCase("x-gzip"));
  }

  private static Headers headers(ClassicHttpResponse head, boolean unpacked) {
    List<Headers.Field> fields = new ArrayList<>();
    for (Header field : head.getHeaders()) {
      String name = field.getName();
      if (!unpacked
          || !(name.equalsIgnoreCase("Content-Encoding")
              || name.equalsIgnoreCase("Content-Length"))) {
        fields.add(new Headers.Field(name, field.getValue()));
      }
    }
    return Headers.of(fields);
  }

  @Override
  public int status() {
    return status;
  }

  @Override
  public Headers headers() {
    return headers;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws UpstreamFailure {
    Objects.checkFromIndexSize(offset, length, buffer.length);
    if (isOver() || length == 0) {
      return ended ? -1 : 0;
    }
    int read;
    exchange.arm(idle);
    try {
      connection.block();
      read = body.read(buffer, offset, length);
    } catch (IOException e) {
      throw failed(e);
    } finally {
      exchange.disarm();
    }
    if (read < 0) {
      end();
      return -1;
    }
    delivered += read;
    int all = packed ? read : read + takeBuffered(buffer, offset + read, length - read);
    letOthersRun(all);
    return all;
  }

  @Override
  public int readNow(byte[] buffer, int offset, int length) throws UpstreamFailure {
    Objects.checkFromIndexSize(offset, length, buffer.length);
    if (isOver()) {
      return -1;
    }
    exchange.disarm();
    // What is packed cannot be taken half: the unpacker does not survive a refusal inside its
    // header or trailer.
    int read = packed ? 0 : takeBuffered(buffer, offset, length);
    letOthersRun(read);
    return read == 0 && isOver() ? -1 : read;
  }

  @Override
  public boolean whenReadable(Runnable look) {
    // What holds much is about to decode much, too long for a thread that others wait for.
    if (closed || ended || failure != null || packed || held.counts()) {
      return false;
    }
    exchange.arm(idle);
    try {
      connection.whenReadable(look);
    } catch (IOException _) {
      exchange.disarm();
      return false; // The next read says why.
    }
    return true;
  }

  /**
   * A provider that never stops sending never parks the reader, which must not keep a carrier. A
   * yield would not do: two that yield to each other leave no turn to those that wait outside.
   */
  private void letOthersRun(int read) {
    sinceParked += read;
    if (sinceParked >= TURN && Thread.currentThread().isVirtual()) {
      sinceParked = 0;
      LockSupport.parkNanos(1);
    }
  }

  /** Whether the body has ended; throws what a former read left behind. */
  private boolean isOver() throws UpstreamFailure {
    if (closed) {
      throw new StreamClosed();
    }
    if (failure != null) {
      throw failure;
    }
    return ended;
  }

  /**
   * Takes what is here, across chunk borders; a fault waits for the next call, after the bytes
   * before it.
   */
  private int takeBuffered(byte[] buffer, int offset, int length) {
    Gate gate = connection.gate();
    int taken = 0;
    gate.shut(true);
    try {
      while (taken < length) {
        int read = body.read(buffer, offset + taken, length - taken);
        if (read < 0) {
          delivered += taken;
          end();
          return taken;
        }
        taken += read;
      }
    } catch (WouldBlock _) {
      // All of it was taken.
    } catch (UpstreamFailure e) {
      failure = e;
      return taken;
    } catch (IOException e) {
      fault(e);
    } finally {
      gate.shut(false);
    }
    delivered += taken;
    return taken;
  }

  private void fault(IOException cause) {
    try {
      failure = failed(cause);
    } catch (StreamClosed _) {
      // The next call says so by itself.
    }
  }

  private UpstreamFailure failed(IOException cause) {
    exchange.end(Exchange.Ending.FAILED);
    owner.gone(exchange);
    UpstreamFailure reason =
        switch (exchange.ending()) {
          case CLOSED -> throw new StreamClosed(cause);
          case EXPIRED ->
              Failures.timeout(connection.origin() + " was silent for longer than " + idle, cause);
          case STOPPED -> Failures.stopped();
          case null, default ->
              Thread.currentThread().isInterrupted()
                  ? Failures.interrupted(cause)
                  : Failures.body(connection.origin(), cause);
        };
    failure = reason;
    return reason;
  }

  private void end() throws UpstreamFailure {
    // A head that was cut off looks like this too: no framing, no byte.
    if (delivered == 0 && connection.isCloseDelimited() && status / 100 == 2) {
      exchange.end(Exchange.Ending.FAILED);
      owner.gone(exchange);
      failure = Failures.emptyBody(connection.origin());
      throw failure;
    }
    finish();
  }

  private void finish() {
    ended = true;
    if (exchange.end(Exchange.Ending.DONE)) {
      owner.done(exchange, connection, reusable);
    } else {
      owner.gone(exchange);
    }
  }

  @Override
  public void hold(long bytes) throws UpstreamFailure {
    if (!held.holds(bytes)) {
      throw new UpstreamFailure(held.refusal());
    }
  }

  @Override
  public byte[] readAll(int limit) throws UpstreamFailure {
    byte[] bytes = new byte[Math.min(limit, 8192)];
    int size = 0;
    for (; ; ) {
      if (size == bytes.length) {
        if (size == limit) {
          return atLimit(bytes, limit);
        }
        int larger = (int) Math.min(limit, bytes.length * 2L);
        hold(larger);
        bytes = Arrays.copyOf(bytes, larger);
      }
      int read = read(bytes, size, bytes.length - size);
      if (read < 0) {
        return size == bytes.length ? bytes : Arrays.copyOf(bytes, size);
      }
      size += read;
    }
  }

  private byte[] atLimit(byte[] bytes, int limit) throws UpstreamFailure {
    if (read(new byte[1], 0, 1) < 0) {
      return bytes;
    }
    exchange.end(Exchange.Ending.FAILED);
    owner.gone(exchange);
    failure = Failures.tooLarge(connection.origin(), limit);
    throw failure;
  }

  @Override
  public void close() {
    closed = true;
    held.close();
    if (exchange.end(Exchange.Ending.CLOSED)) {
      owner.gone(exchange);
    }
  }
}
