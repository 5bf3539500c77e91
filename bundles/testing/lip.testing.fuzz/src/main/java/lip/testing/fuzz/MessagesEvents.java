package lip.testing.fuzz;

import java.util.List;
import java.util.Map;
import lip.api.event.Event;
import lip.api.failure.UpstreamFailure;
import lip.backend.anthropic.AnthropicKind;
import lip.backend.anthropic.AnthropicSettings;
import lip.sdk.backend.Backend;
import lip.sdk.http.Headers;
import lip.testing.conformance.TestInstance;
import lip.testing.conformance.TestSettings;
import lip.testing.conformance.backend.TestAttempt;
import lip.testing.kit.Events;

/**
 * What Anthropic streams becomes events that end with a terminal one, or a failure, and the same
 * wherever the bytes are cut. The first byte says where.
 */
final class MessagesEvents implements Target {
  @Override
  public void take(byte[] bytes) throws Exception {
    if (bytes.length == 0) {
      return;
    }
    Headers head = Headers.of("Content-Type", "text/event-stream");
    String whole = outcome(new Played(head, bytes, bytes.length));
    String pieces = outcome(new Played(head, bytes, 1 + (bytes[0] & 0xff)));
    Expect.that(whole.equals(pieces), "cut: " + pieces + " not " + whole);
  }

  /** The events as text, or why there are none. */
  static String outcome(Played reply) throws Exception {
    var settings =
        TestSettings.of(AnthropicSettings.class, Map.of("base.url", "http://127.0.0.1:1"));
    try (Backend backend =
        new AnthropicKind(_ -> reply).create(TestInstance.of("fuzzed"), settings)) {
      List<Event> events = Events.drain(backend.open(TestAttempt.of("m", "hello")));
      Expect.that(!events.isEmpty() && events.getLast().terminal(), "no terminal event");
      return events.toString();
    } catch (UpstreamFailure e) {
      Expect.explained(e.failure().message());
      return e.failure().message();
    }
  }
}
