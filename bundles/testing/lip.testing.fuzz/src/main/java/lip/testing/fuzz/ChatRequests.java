package lip.testing.fuzz;

import java.util.Map;
import lip.frontend.openai.legacy.OpenAiLegacyKind;
import lip.frontend.openai.legacy.OpenAiLegacySettings;
import lip.sdk.frontend.Frontend;
import lip.sdk.http.Headers;
import lip.testing.conformance.TestInstance;
import lip.testing.conformance.TestSettings;
import lip.testing.conformance.frontend.CapturingCalls;
import lip.testing.conformance.frontend.RecordedExchange;
import lip.testing.conformance.frontend.SampleRequest;
import lip.testing.kit.Events;

/** A body is answered, or refused with the parameter's name; never half. */
final class ChatRequests implements Target {
  static Frontend frontend() {
    return new OpenAiLegacyKind()
        .create(
            TestInstance.of("openai-legacy"),
            TestSettings.of(OpenAiLegacySettings.class, Map.of()));
  }

  static SampleRequest post(Headers headers, byte[] body) {
    return new SampleRequest("POST", "/v1/chat/completions", "", Map.of(), headers, body);
  }

  @Override
  public void take(byte[] bytes) throws Exception {
    var calls = CapturingCalls.answering(Events.text("an", "swer"));
    var exchange = new RecordedExchange(post(Headers.NONE, bytes));
    try (Frontend frontend = frontend()) {
      frontend.handle(exchange, calls);
    }
    int opened = calls.opened().size();
    switch (exchange.end()) {
      case WHOLE -> {
        if (exchange.status() == 200) {
          Expect.that(opened == 1 && calls.closed() == 1, "an answer without a call");
        } else {
          Expect.that(exchange.status() == 400, "refused with " + exchange.status());
          Expect.that(opened == 0, "called and refused");
          ErrorBody.of(exchange.responseBody()).explains();
        }
      }
      case ENDED ->
          Expect.that(opened == 1 && exchange.responseText().contains("[DONE]"), "a stream");
      case OPEN, BROKEN_OFF -> throw new AssertionError("ended as " + exchange.end());
    }
  }
}
