package lip.testing.fuzz;

import java.util.List;
import java.util.Map;
import lip.api.event.Event;
import lip.api.failure.UpstreamFailure;
import lip.backend.openai.legacy.OpenAiLegacyKind;
import lip.backend.openai.legacy.OpenAiLegacySettings;
import lip.sdk.backend.Backend;
import lip.sdk.http.Headers;
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
}
