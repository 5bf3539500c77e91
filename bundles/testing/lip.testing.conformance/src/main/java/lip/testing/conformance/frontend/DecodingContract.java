package lip.testing.conformance.frontend;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import lip.api.Dialect;
import lip.api.call.Call;
import lip.api.call.Source;
import lip.api.message.Message;
import lip.api.message.Part;
import lip.api.message.Role;
import lip.sdk.frontend.LastWords;
import lip.testing.kit.CountingIds;
import lip.testing.kit.Events;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A request reaches the core as what it says. */
public interface DecodingContract extends FrontendContract {
  /** The dialect of the calls. */
  Dialect dialect();

  /** Requests that are no requests of this protocol: each is refused before any call. */
  List<SampleRequest> malformed();

  /** Model, text, streaming, trace id. */
  @Test
  default void theMinimalRequestsAreDecoded() throws Exception {
    check(decode(streamed()), true);
    check(decode(whole()), false);
  }

  private Call decode(SampleRequest request) throws Exception {
    CapturingCalls calls = CapturingCalls.answering(Events.text("hi"));
    handle(request, calls);
    assertThat(calls.opened()).as("calls of one request").hasSize(1);
    return calls.opened().getFirst();
  }

  private void check(Call call, boolean streaming) {
    assertThat(call.dialect()).isEqualTo(dialect());
    assertThat(call.id()).as("the call has the trace id").isEqualTo(CountingIds.id("trace_", 1));
    assertThat(call.model()).isEqualTo("test-model");
    assertThat(call.streaming()).isEqualTo(streaming);
    assertThat(userTexts(call)).containsExactly("hello");
    Source source =
        Objects.requireNonNull(call.source(), "the body is kept for backends of the same dialect");
    for (Source.Field field : source.fields()) {
      assertThat(source.body().part(field.start(), field.value()).text())
          .as("the name of a field, where the decoder says it stands")
          .matches("\"%s\"\\s*:\\s*".formatted(Pattern.quote(field.name())));
    }
  }

  private static List<String> userTexts(Call call) {
    List<String> texts = new ArrayList<>();
    for (Message message : call.messages()) {
      if (message.role().equals(Role.USER)) {
        for (Part part : message.parts()) {
          if (part instanceof Part.Text text) {
            texts.add(text.text());
          }
        }
      }
    }
    return texts;
  }

  /** The core may have to end the response at any time from then on. */
  @Test
  default void theLastWordsAreSetBeforeTheCallIsOpened() throws Exception {
    for (SampleRequest request : List.of(streamed(), whole())) {
      RecordedExchange exchange = new RecordedExchange(request);
      List<LastWords> atOpen = new ArrayList<>();
      handle(
          exchange,
          CapturingCalls.answering(Events.text("hi"))
              .beforeOpen(() -> {
                @Nullable LastWords words = exchange.lastWords();
                if (words != null) {
                  atOpen.add(words);
                }
              }));
      assertThat(atOpen).as("last words when the call was opened").hasSize(1);
      complete(atOpen.getFirst().unstarted());
      assertThat(atOpen.getFirst().started()).as("record behind a begun stream").isNotEmpty();
    }
  }

  /** What is no request gets the protocol's error with status 400 and reaches no backend. */
  @Test
  default void malformedRequestsAreRefusedBeforeAnyCall() throws Exception {
    for (SampleRequest request : malformed()) {
      CapturingCalls calls = CapturingCalls.answering(Events.text("hi"));
      RecordedExchange exchange = handle(request, calls);
      assertThat(calls.opened()).isEmpty();
      assertThat(exchange.end()).isEqualTo(RecordedExchange.End.WHOLE);
      assertThat(exchange.status()).isEqualTo(400);
      readable(exchange.responseBody());
      assertThat(exchange.responseText()).doesNotContain("Exception", "lip.", "java.");
    }
  }
}
