package lip.testing.kit;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import lip.api.event.StreamClosed;
import lip.api.failure.Failure;
import lip.api.failure.FailureClass;
import lip.api.failure.UpstreamFailure;
import lip.sdk.http.Headers;
import lip.sdk.upstream.Reply;
import lip.sdk.upstream.Request;
import lip.sdk.upstream.Upstream;

/** Answers every request with the same bytes and keeps the requests. Any thread. */
public final class FixedUpstream implements Upstream {
  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private final int status;
  private final Headers headers;
  private final byte[] body;
  private final int piece;
  private final boolean cut;
  private volatile boolean closed;

  private FixedUpstream(int status, Headers headers, byte[] body, int piece, boolean cut) {
    this.status = status;
    this.headers = headers;
    this.body = body;
    this.piece = piece;
    this.cut = cut;
  }

  /** An event stream with status 200. */
  public static FixedUpstream stream(String body) {
    return status(200, body, "Content-Type", "text/event-stream");
  }

  /**
   * Any answer.
   *
   * @param headers names and values in turn
   */
  public static FixedUpstream status(int status, String body, String... headers) {
    return new FixedUpstream(
        status,
        Headers.of(headers),
        body.getBytes(StandardCharsets.UTF_8),
        Integer.MAX_VALUE,
        false);
  }

  /** The same, at most so many bytes at a time. */
  public FixedUpstream pieces(int size) {
    return new FixedUpstream(status, headers, body, size, cut);
  }

  /** The same, cut off behind the bytes. */
  public FixedUpstream cutOff() {
    return new FixedUpstream(status, headers, body, piece, true);
  }

  /** What was asked, in order. */
  public List<Request> requests() {
    return List.copyOf(requests);
  }

  /** What was asked last. */
  public Request last() {
    return requests.getLast();
  }

  /** The body of the last request as text. */
  public String lastBody() {
    return new String(last().body(), StandardCharsets.UTF_8);
  }

  /** Whether the last answer was closed. */
  public boolean closed() {
    return closed;
  }

  @Override
  public Reply send(Request request) {
    requests.add(request);
    closed = false;
    return new FixedReply();
  }

  private final class FixedReply implements Reply {
    private int at;

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
      if (closed) {
        throw new StreamClosed();
      }
      if (at == body.length) {
        if (cut) {
          throw new UpstreamFailure(Failure.of(FailureClass.UPSTREAM, "cut off"));
        }
        return -1;
      }
      int count = Math.min(Math.min(piece, length), body.length - at);
      System.arraycopy(body, at, buffer, offset, count);
      at += count;
      return count;
    }

    @Override
    public int readNow(byte[] buffer, int offset, int length) throws UpstreamFailure {
      // Small pieces arrive one by one.
      return piece < body.length ? 0 : read(buffer, offset, length);
    }

    @Override
    public byte[] readAll(int limit) {
      return body.clone();
    }

    @Override
    public void close() {
      closed = true;
    }
  }
}
