package lip.core.upstream;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.function.Supplier;
import javax.net.ssl.SSLSocket;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentLengthStrategy;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.ProtocolException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.DefaultBHttpClientConnection;
import org.apache.hc.core5.http.impl.io.SocketHolder;
import org.apache.hc.core5.http.io.SessionInputBuffer;
import org.apache.hc.core5.io.CloseMode;
import org.jspecify.annotations.Nullable;

/**
 * One connection to an origin. Used by one exchange at a time, closed by any thread. The socket
 * belongs to a channel: that makes the cheap probe possible.
 */
final class Connection extends DefaultBHttpClientConnection {
  /**
   * Limits of an answer's head; more than 16 interim answers are a flood. The library has three
   * buffers of the size for each connection: the {@link Inlet} reads more at a time where it pays.
   */
  private static final Http1Config CONFIG =
      Http1Config.custom()
          .setBufferSize(1024)
          .setMaxHeaderCount(100)
          .setMaxLineLength(8192)
          .setMaxEmptyLineCount(10)
          .build();

  private static final int MAX_INTERIM = 16;

  private final Origin origin;
  private final SocketChannel channel;
  private final HeadParser parser;
  private final Supplier<SelectorLoop> loops;
  private @Nullable OutputStream out;
  private @Nullable Inlet inlet;
  private @Nullable Intake intake;
  private volatile @Nullable Arrival arrival;
  private @Nullable Gate gate;
  private @Nullable InputStream body;
  private long length;
  private long idleSince;

  /**
   * Of a channel that is not connected yet.
   *
   * @param loops which loop waits for its bytes, when nobody else does
   */
  Connection(Origin origin, SocketChannel channel, Supplier<SelectorLoop> loops) {
    this(origin, channel, loops, new HeadParser(CONFIG));
  }

  private Connection(
      Origin origin, SocketChannel channel, Supplier<SelectorLoop> loops, HeadParser parser) {
    super(CONFIG, null, null, BodyLength.STRICT, null, null, null, _ -> parser);
    this.origin = origin;
    this.channel = channel;
    this.loops = loops;
    this.parser = parser;
  }

  Origin origin() {
    return origin;
  }

  SocketChannel channel() {
    return channel;
  }

  /** Speaks over the connected channel. */
  void bind(ChannelSocket socket) throws IOException {
    Inlet bytes = new Inlet(socket.intake(), socket.intake()::isPromising, false);
    bind(new Ends(socket, bytes));
    out = socket.getOutputStream();
    intake = socket.intake();
    inlet = bytes;
  }

  /** Speaks through TLS over the connected channel. */
  void bind(SSLSocket socket, ChannelSocket base) throws IOException {
    Inlet bytes = new Inlet(socket.getInputStream(), base.intake()::isPromising, true);
    bind(new Ends(socket, base, bytes));
    out = socket.getOutputStream();
    intake = base.intake();
    inlet = bytes;
  }

  /** Sends bytes at once. */
  void write(byte[] bytes, int offset, int count) throws IOException {
    connected(out).write(bytes, offset, count);
  }

  /** Lets the library read through the inlet. */
  private static final class Ends extends SocketHolder {
    private final Inlet inlet;

    Ends(Socket socket, Inlet inlet) {
      super(socket);
      this.inlet = inlet;
    }

    Ends(SSLSocket socket, ChannelSocket base, Inlet inlet) {
      super(socket, base);
      this.inlet = inlet;
    }

    @Override
    protected InputStream getInputStream(Socket socket) {
      return inlet;
    }
  }

  private Inlet inlet() {
    return connected(inlet);
  }

  private static <T> T connected(@Nullable T end) {
    if (end == null) {
      throw new IllegalStateException("not connected");
    }
    return end;
  }

  /** Waits for the head of the final answer. */
  ClassicHttpResponse receiveHead() throws IOException, HttpException {
    inlet().expectAnswer();
    for (int interim = 0; interim <= MAX_INTERIM; interim++) {
      ClassicHttpResponse response = receiveResponseHeader();
      if (response.getCode() == 101) {
        throw new ProtocolException("the server switched protocols unasked");
      }
      if (response.getCode() >= 200) {
        return response;
      }
    }
    throw new ProtocolException("more than " + MAX_INTERIM + " interim answers");
  }

  /** The body that follows the head; null = an empty one of known length. */
  @Nullable InputStream openBody(ClassicHttpResponse response) throws IOException, HttpException {
    receiveResponseEntity(response);
    return length == 0 ? null : body;
  }

  @Override
  protected InputStream createContentInputStream(
      long len, SessionInputBuffer buffer, InputStream socket) {
    boolean delimited = len != ContentLengthStrategy.UNDEFINED;
    Gate source = new Gate(inlet(), delimited);
    InputStream content =
        len == ContentLengthStrategy.CHUNKED
            ? new ChunkedBody(buffer, source, CONFIG)
            : super.createContentInputStream(len, buffer, source);
    gate = source;
    length = len;
    body = content;
    return content;
  }

  /** The gate under the body that was opened last. */
  Gate gate() {
    Gate current = gate;
    if (current == null) {
      throw new IllegalStateException("no body");
    }
    return current;
  }

  /** Whether only the end of the connection ends the body that was opened last. */
  boolean isCloseDelimited() {
    return length == ContentLengthStrategy.UNDEFINED;
  }

  /** Length of the body that was opened last; negative = not known. */
  long bodyLength() {
    return length;
  }

  /** Bytes that came in so far. */
  long received() {
    return getEndpointDetails().getReceivedBytesCount();
  }

  /**
   * Has {@code look} run once, on the thread of a loop, when bytes have come or the connection was
   * cut. Until {@link #block} reads of the body do not wait.
   */
  void whenReadable(Runnable look) throws IOException {
    Intake bytes = connected(intake);
    Arrival waiting = arrival;
    if (waiting == null) {
      waiting = new Arrival(channel, bytes, loops.get());
      arrival = waiting;
    }
    bytes.poll();
    waiting.await(look);
  }

  /** From now on reads wait, where they did not. By the reader. */
  void block() throws IOException {
    Intake bytes = connected(intake);
    Arrival waiting = arrival;
    if (waiting != null && bytes.isPolled()) {
      waiting.end();
      arrival = null;
      bytes.block();
    }
  }

  /** Makes it ready for the next exchange: the body's objects can go. */
  void rest(long now) throws IOException {
    idleSince = now;
    gate = null;
    body = null;
    block();
  }

  long idleSince() {
    return idleSince;
  }

  /**
   * Whether bytes came that no answer owns: whatever they are, the next answer would begin with
   * them.
   */
  boolean hasLeftover() throws IOException {
    return parser.hasLeftover() || inlet().hasBytes();
  }

  /**
   * Whether an idle connection is of no use: closed by the peer, or with bytes that nobody asked
   * for. Costs one read that does not wait; the library's own check waits a millisecond.
   */
  boolean isDead() {
    try {
      channel.configureBlocking(false);
      if (channel.read(ByteBuffer.allocate(1)) != 0) {
        return true;
      }
      channel.configureBlocking(true);
      return false;
    } catch (IOException _) {
      return true; // Reset by the peer, or closed by us meanwhile.
    }
  }

  /**
   * Cuts the connection: a blocked read ends, the peer sees a reset. Any thread; never waits, not
   * even for TLS.
   */
  void abort() {
    close(CloseMode.IMMEDIATE);
    end();
  }

  /** Closes a connection that no exchange uses. Never waits. */
  void end() {
    try {
      channel.close();
    } catch (IOException _) {
      // Nothing is left to be done for it.
    }
    Arrival waiting = arrival;
    if (waiting != null) {
      waiting.cutShort();
    }
  }
}
