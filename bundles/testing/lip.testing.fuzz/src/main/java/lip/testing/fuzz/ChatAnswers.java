package lip.testing.fuzz;

import java.util.List;
import java.util.Map;
import lip.api.event.Event;
import lip.api.failure.UpstreamFailure;
import lip.backend.openai.legacy.OpenAiLegacyKind;
import lip.backend.openai.legacy.OpenAiLegacySettings;
import lip.sdk.backend.Backend;
import lip.sdk.http.Headers;
import lip.sdk.upstream.Reply;
import lip.testing.conformance.TestInstance;
import lip.testing.conformance.TestSettings;
import lip.testing.conformance.backend.TestAttempt;
import lip.testing.kit.Events;

/**
 * What a provider streams becomes events that end with a terminal one, or a failure. The first byte
 * says how it is cut, and whether it comes as a stream or as a whole.
 */
final class ChatAnswers implements Target {
  @Override
  public void take(byte[] bytes) throws Exception {
    if (bytes.length == 0) {
      return;
    }
    boolean streamed = (bytes[0] & 1) == 0;
    int piece = 1 + ((bytes[0] & 0xff) >> 1);
    String type = streamed ? "text/event-stream" : "application/json";
    var kind =
        new OpenAiLegacyKind(_ -> new Played(Headers.of("Content-Type", type), bytes, piece));
    var settings =
        TestSettings.of(
            OpenAiLegacySettings.class,
            Map.of(
                "base.url", "http://127.0.0.1:1/v1", "upstream.stream", String.valueOf(streamed)));
    try (Backend backend = kind.create(TestInstance.of("fuzzed"), settings)) {
      List<Event> events = Events.drain(backend.open(TestAttempt.of("m", "hello")));
      Expect.that(!events.isEmpty() && events.getLast().terminal(), "no terminal event");
    } catch (UpstreamFailure e) {
      Expect.explained(e.failure().message());
    }
  }

  /** Bytes behind the first one, in pieces. */
  private static final class Played implements Reply {
    private final Headers headers;
    private final byte[] bytes;
    private final int piece;
    private int at = 1;

    Played(Headers headers, byte[] bytes, int piece) {
      this.headers = headers;
      this.bytes = bytes;
      this.piece = piece;
    }

    @Override
    public int status() {
      return 200;
    }

    @Override
    public Headers headers() {
      return headers;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) {
      if (at == bytes.length) {
        return -1;
      }
      int count = Math.min(Math.min(piece, length), bytes.length - at);
      System.arraycopy(bytes, at, buffer, offset, count);
      at += count;
      return count;
    }

    @Override
    public int readNow(byte[] buffer, int offset, int length) {
      return piece % 2 == 0 ? 0 : read(buffer, offset, length);
    }

    @Override
    public byte[] readAll(int limit) {
      byte[] rest = new byte[bytes.length - at];
      System.arraycopy(bytes, at, rest, 0, rest.length);
      at = bytes.length;
      return rest;
    }

    @Override
    public void close() {}
  }
}
