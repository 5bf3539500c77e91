package lip.testing.fuzz;

import java.util.Map;
import lip.frontend.anthropic.AnthropicKind;
import lip.frontend.anthropic.AnthropicSettings;
import lip.sdk.frontend.Frontend;
import lip.sdk.http.Headers;
import lip.support.json.JsonReader;
import lip.support.json.MalformedJson;
import lip.testing.conformance.TestInstance;
import lip.testing.conformance.TestSettings;
import lip.testing.conformance.frontend.CapturingCalls;
import lip.testing.conformance.frontend.RecordedExchange;
import lip.testing.conformance.frontend.SampleRequest;
import lip.testing.kit.Events;

/** A body of Anthropic Messages is answered, or refused with the parameter's name; never half. */
final class MessagesRequests implements Target {
  @Override
  public void take(byte[] bytes) throws Exception {
    var calls = CapturingCalls.answering(Events.text("an", "swer"));
    var exchange =
        new RecordedExchange(
            new SampleRequest("POST", "/v1/messages", "", Map.of(), Headers.NONE, bytes));
    try (Frontend frontend =
        new AnthropicKind()
            .create(
                TestInstance.of("anthropic"), TestSettings.of(AnthropicSettings.class, Map.of()))) {
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
          explains(exchange.responseBody());
        }
      }
      case ENDED ->
          Expect.that(
              opened == 1 && exchange.responseText().contains("event: message_stop"), "a stream");
      case OPEN, BROKEN_OFF -> throw new AssertionError("ended as " + exchange.end());
    }
  }

  /** This protocol has no place for the parameter but the text, which begins with it. */
  static void explains(byte[] body) throws MalformedJson {
    String message = "";
    JsonReader reader = JsonReader.of(body);
    reader.beginObject();
    for (String name; (name = reader.nextMember()) != null; ) {
      if (name.equals("error")) {
        reader.beginObject();
        for (String inner; (inner = reader.nextMember()) != null; ) {
          if (inner.equals("message")) {
            message = reader.string();
          }
        }
      }
    }
    Expect.explained(message);
    Expect.that(
        message.startsWith("The request") || message.indexOf(": ") > 0,
        "which parameter? " + message);
  }
}
