package lip.testing.conformance.frontend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import lip.sdk.frontend.ErrorReply;
import lip.sdk.frontend.Frontend;
import org.jspecify.annotations.Nullable;

/** What all contracts of a frontend begin with. */
public interface FrontendContract {
  /** A fresh instance. */
  Frontend frontend() throws Exception;

  /**
   * The smallest request for a streamed answer: model {@code test-model}, user text {@code hello}.
   */
  SampleRequest streamed();

  /** The same for a whole answer. */
  SampleRequest whole();

  /** Whether a text is made of whole records; what is asked here is the event-stream form. */
  default boolean wholeRecords(String text) {
    return text.endsWith("\n\n");
  }

  /** Checks that a body of an error is one of the protocol: here that it is JSON. */
  default void readable(byte[] body) {
    String text = new String(body, StandardCharsets.UTF_8);
    assertThat(text).as("body of an error").isNotBlank();
    try (JsonParser parser = new JsonFactory().createParser(text)) {
      int tokens = 0;
      while (parser.nextToken() != null) {
        tokens++;
      }
      assertThat(tokens).as("tokens of " + text).isPositive();
    } catch (IOException e) {
      throw new AssertionError("not JSON: " + text, e);
    }
  }

  /** Carries a request to its end. */
  default RecordedExchange handle(SampleRequest request, CapturingCalls calls) throws Exception {
    return handle(new RecordedExchange(request), calls);
  }

  /** Carries a prepared exchange to its end. */
  default RecordedExchange handle(RecordedExchange exchange, CapturingCalls calls)
      throws Exception {
    try (Frontend frontend = frontend()) {
      frontend.handle(exchange, calls);
    }
    return exchange;
  }

  /** Checks a complete error reply. */
  default void complete(ErrorReply reply) {
    assertThat(reply.status()).isBetween(400, 599);
    @Nullable String type = reply.headers().first("Content-Type");
    assertThat(type).as("content type of an error").isNotNull();
    readable(reply.body());
  }
}
