package lip.testing.fuzz;

import java.nio.charset.StandardCharsets;
import lip.sdk.frontend.Frontend;
import lip.sdk.http.Headers;
import lip.testing.conformance.frontend.CapturingCalls;
import lip.testing.conformance.frontend.RecordedExchange;
import lip.testing.kit.Events;

/**
 * A first line is a name, the rest a value: no field breaks a message apart, and those that the
 * frontend reads are taken or refused by name.
 */
final class HeaderValues implements Target {
  private static final byte[] BODY =
      "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}"
          .getBytes(StandardCharsets.UTF_8);
  private static final String[] READ = {
    "X-LIP-Route", "X-LIP-Session-Id", "X-LIP-Resume-Token", "x-session-id"
  };

  @Override
  public void take(byte[] bytes) throws Exception {
    String[] parts = new String(bytes, StandardCharsets.ISO_8859_1).split("\n", 2);
    String value = parts.length > 1 ? parts[1] : "";
    Headers headers;
    try {
      headers = Headers.of(parts[0], value);
      Expect.that(line(parts[0]) && line(value), "a field with a line end");
      Expect.that(value.equals(headers.first(parts[0])), "another value comes out");
      Expect.that(
          value.length() < 4 || parts[0].contains(value) || !headers.toString().contains(value),
          "a value is shown");
    } catch (IllegalArgumentException e) {
      Expect.explained(String.valueOf(e.getMessage()));
      return;
    }
    for (String name : READ) {
      ask(headers.plus(name, value));
    }
  }

  private static void ask(Headers headers) throws Exception {
    var exchange = new RecordedExchange(ChatRequests.post(headers, BODY));
    try (Frontend frontend = ChatRequests.frontend()) {
      frontend.handle(exchange, CapturingCalls.answering(Events.text("x")));
    }
    Expect.that(exchange.end() == RecordedExchange.End.WHOLE, "ended as " + exchange.end());
    if (exchange.status() != 200) {
      boolean fits = exchange.status() == 400 || exchange.status() == 415;
      Expect.that(fits, "refused with " + exchange.status());
      Expect.explained(ErrorBody.of(exchange.responseBody()).message());
    }
  }

  private static boolean line(String text) {
    return text.indexOf('\r') < 0 && text.indexOf('\n') < 0 && text.indexOf('\0') < 0;
  }
}
