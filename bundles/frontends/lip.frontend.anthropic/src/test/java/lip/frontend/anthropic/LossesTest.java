package lip.frontend.anthropic;

import static lip.frontend.anthropic.Requests.CLIENT;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import lip.api.Dialect;
import lip.api.Json;
import lip.api.Meta;
import lip.api.event.Event;
import lip.api.event.FinishReason;
import lip.api.event.Usage;
import lip.api.message.Annotation;
import lip.api.message.MediaKind;
import lip.api.message.MediaSource;
import lip.api.message.Part;
import lip.api.tool.ToolKind;
import lip.sdk.fidelity.Deviation;
import lip.support.anthropic.messages.Names;
import lip.testing.conformance.frontend.Served;
import lip.testing.kit.Deviations;
import lip.testing.kit.Events;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said of an answer that has no form in this protocol, or another one. */
class LossesTest {
  private static final String ASK =
      "{\"model\":\"m\",\"max_tokens\":5,\"messages\":[{\"role\":\"user\",\"content\":\"x\"}],\"stream\":%s}";

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void ofAnotherDialect(boolean stream) throws Exception {
    assertThat(
            said(
                stream,
                FinishReason.TOOL_CALLS,
                new Event.ReasoningDelta("why", false),
                new Event.ReasoningDone(
                    new Part.Reasoning(
                        Dialect.OPENAI_CHAT,
                        "why",
                        List.of(),
                        "sig",
                        Json.of("[]"),
                        "rs_1",
                        Meta.NONE)),
                new Event.TextDelta("a"),
                new Event.Citation(note("url_citation", "https://x", Dialect.OPENAI_CHAT)),
                new Event.MediaOutput(
                    Part.Media.of(MediaKind.IMAGE, new MediaSource.Inline("AA"), "image/png")),
                new Event.Logprobs(Dialect.OPENAI_CHAT, Json.of("{}")),
                new Event.Extension(Dialect.OPENAI_CHAT, "odd", Json.of("1")),
                new Event.Extension(Dialect.ANTHROPIC, "odd", Json.of("1")),
                new Event.Warning("careful", "with that"),
                new Event.Warning("lost", "is counted elsewhere"),
                new Event.RefusalDelta("no"),
                new Event.UsageReport(
                    Usage.builder()
                        .input(3L)
                        .output(4L)
                        .audioInput(1L)
                        .rejectedPrediction(2L)
                        .build()),
                new Event.ToolCallStarted("c", ToolKind.CUSTOM, "f", Map.of(), "sig"),
                new Event.ToolArgumentsDelta("c", "free"),
                new Event.ToolCallFinished("c")))
        .containsExactly(
            "MAPPED citation -> web_search_result_location",
            "LOST media.image",
            "LOST logprobs",
            "LOST openai.chat:odd",
            "LOST odd",
            "LOST warning.careful",
            "MAPPED refusal -> text",
            "LOST usage.audio_tokens",
            "LOST usage.prediction_tokens",
            "LOST tool_call.signature",
            "MAPPED tool_call.kind=custom -> an object with an input");
  }

  /** Proofs of other dialects travel in envelopes; ours has one place for one. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aProofWithoutAPlace(boolean stream) throws Exception {
    Json hidden = Json.of("\"zz\"");
    Part.Reasoning whole =
        new Part.Reasoning(Dialect.ANTHROPIC, "", List.of(), "sig", hidden, "rs_1", Meta.NONE);
    Served exchange =
        run(
            stream,
            Event.Finished.of(FinishReason.STOP),
            new Event.ReasoningDone(whole),
            new Event.TextDelta("a"));
    assertThat(exchange.text()).contains("zz").doesNotContain("sig\"", "rs_1");
    assertThat(words(exchange))
        .containsExactly("LOST reasoning.signature", "LOST reasoning.item_id");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void thisDialectLosesNothing(boolean stream) throws Exception {
    assertThat(
            said(
                stream,
                FinishReason.TOOL_CALLS,
                new Event.ReasoningDelta("why", false),
                new Event.ReasoningDone(
                    new Part.Reasoning(
                        Dialect.ANTHROPIC, "why", List.of(), "sig", null, null, Meta.NONE)),
                new Event.TextDelta("a"),
                new Event.Citation(note("document_citation", null, Dialect.ANTHROPIC)),
                new Event.Extension(Dialect.ANTHROPIC, Names.BLOCK, Json.of("{\"type\":\"odd\"}")),
                new Event.Extension(Dialect.ANTHROPIC, Names.MESSAGE + "odd", Json.of("1")),
                new Event.Extension(Dialect.ANTHROPIC, Names.MESSAGE_DELTA + "odd", Json.of("1")),
                new Event.Extension(
                    Dialect.ANTHROPIC, Names.DELTA, Json.of("{\"stop_reason\":\"tool_use\"}")),
                Event.ToolCallStarted.of("c", "f"),
                new Event.ToolArgumentsDelta("c", "{}"),
                new Event.ToolCallFinished("c")))
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "stop,",
    "length,",
    "refusal,",
    "pause,",
    "stop_sequence,",
    "context_exceeded,",
    "content_filter, MAPPED finish_reason=content_filter -> refusal",
    "max_turns, MAPPED finish_reason=max_turns -> end_turn",
    "unknown, MAPPED finish_reason=odd -> end_turn"
  })
  void finishReasons(String reason, String expected) throws Exception {
    Served exchange =
        run(
            true,
            new Event.Finished(new FinishReason(reason), "odd", null),
            new Event.TextDelta("a"));
    assertThat(words(exchange)).isEqualTo(expected == null ? List.of() : List.of(expected));
  }

  @Test
  void aReasonThatIsPutRightIsNoLoss() throws Exception {
    assertThat(said(true, FinishReason.STOP, Event.ToolCallStarted.of("c", "f"))).isEmpty();
    assertThat(said(true, FinishReason.TOOL_CALLS, new Event.TextDelta("a"))).isEmpty();
  }

  private static Annotation note(String type, String url, Dialect dialect) {
    return new Annotation(type, url, null, null, -1, -1, dialect, Json.of("{}"));
  }

  private static List<String> said(boolean stream, FinishReason reason, Event... events)
      throws Exception {
    return words(run(stream, Event.Finished.of(reason), events));
  }

  private static Served run(boolean stream, Event.Finished finished, Event... events)
      throws Exception {
    Served exchange = CLIENT.answered(ASK.formatted(stream), Events.answer(finished, events));
    assertThat(exchange.status()).isEqualTo(200);
    return exchange;
  }

  private static List<String> words(Served exchange) {
    return Deviations.words(exchange.reported(), Deviation.Way.ANSWER);
  }
}
