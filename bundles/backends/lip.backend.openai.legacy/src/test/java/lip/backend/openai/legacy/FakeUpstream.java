package lip.backend.openai.legacy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import lip.api.event.StreamClosed;
import lip.api.failure.Failure;
import lip.api.failure.FailureClass;
import lip.api.failure.UpstreamFailure;
import lip.sdk.http.Headers;
import lip.sdk.upstream.Reply;
import lip.sdk.upstream.Request;
import lip.sdk.upstream.Upstream;

/** Answers every request with the same bytes, in pieces of a given size; keeps the requests. */
final class FakeUpstream implements Upstream {
  final List<Request> requests = new ArrayList<>();
  private final int status;
  private final Headers headers;
  private final byte[] body;
  private int piece = Integer.MAX_VALUE;
  private boolean cut;
  volatile boolean closed;

  private FakeUpstream(int status, Headers headers, String body) {
    this.status = status;
    this.headers = headers;
    this.body = body.getBytes(StandardCharsets.UTF_8);
  }

  static FakeUpstream stream(String body) {
    return new FakeUpstream(200, Headers.of("Content-Type", "text/event-stream"), body);
  }

  static FakeUpstream status(int status, String body, String... headers) {
    return new FakeUpstream(status, Headers.of(headers), body);
  }

  /** At most so many bytes at a time. */
  FakeUpstream pieces(int size) {
    piece = size;
    return this;
  }

  /** The body is cut off behind its bytes. */
  FakeUpstream cut() {
    cut = true;
    return this;
  }

  String lastBody() {
    return new String(requests.getLast().body(), StandardCharsets.UTF_8);
  }

  @Override
  public Reply send(Request request) {
    requests.add(request);
    closed = false;
    return new Reply() {
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
    };
  }
}
