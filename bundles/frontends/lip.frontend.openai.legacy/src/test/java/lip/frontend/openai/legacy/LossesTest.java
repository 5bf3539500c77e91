package lip.frontend.openai.legacy;

import static lip.frontend.openai.legacy.Requests.CLIENT;
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
      "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}],\"stream\":%s}";

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void ofAnotherDialect(boolean stream) throws Exception {
    Annotation found = note("url_citation", "https://x", Dialect.ANTHROPIC);
    Annotation page = note("document_citation", null, Dialect.ANTHROPIC);
    assertThat(
            said(
                stream,
                FinishReason.STOP,
                new Event.ReasoningDelta("why", false),
                new Event.ReasoningDone(
                    new Part.Reasoning(
                        Dialect.ANTHROPIC, "why", List.of(), "sig", null, null, Meta.NONE)),
                new Event.ReasoningDone(
                    new Part.Reasoning(
                        Dialect.ANTHROPIC,
                        "",
                        List.of(),
                        null,
                        Json.of("\"zz\""),
                        null,
                        Meta.NONE)),
                new Event.TextDelta("a"),
                new Event.Citation(found),
                new Event.Citation(page),
                new Event.MediaOutput(
                    Part.Media.of(MediaKind.AUDIO, new MediaSource.Inline("AA"), "audio/wav")),
                new Event.Logprobs(Dialect.GEMINI, Json.of("[]")),
                new Event.Extension(Dialect.ANTHROPIC, "odd", Json.of("1")),
                new Event.Warning("careful", "with that"),
                new Event.Warning("lost", "is counted elsewhere"),
                new Event.UsageReport(
                    Usage.builder().input(3L).output(4L).cacheWrite1h(5L).build()),
                new Event.ToolCallStarted(
                    "c", ToolKind.FUNCTION, "f", Map.of("caller", "{}"), null)))
        .containsExactly(
            "MAPPED citation -> url_citation",
            "LOST citation",
            "LOST media.audio",
            "LOST logprobs",
            "LOST anthropic:odd",
            "LOST warning.careful",
            "MAPPED usage.cache_write_1h -> cache_write_tokens",
            "LOST tool_call.caller");
  }

  /** Proofs of other dialects travel in envelopes, {@code ForeignReasoningTest}; ours has none. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aProofWithoutAPlace(boolean stream) throws Exception {
    Part.Reasoning whole =
        new Part.Reasoning(Dialect.OPENAI_CHAT, "why", List.of(), "sig", null, "rs_1", Meta.NONE);
    Served exchange =
        run(
            stream,
            Event.Finished.of(FinishReason.STOP),
            new Event.ReasoningDelta("why", false),
            new Event.ReasoningDone(whole),
            new Event.TextDelta("a"));
    assertThat(exchange.text()).doesNotContain("sig", "rs_1");
    assertThat(words(exchange))
        .containsExactly("LOST reasoning.signature", "LOST reasoning.item_id");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void thisDialectLosesNothing(boolean stream) throws Exception {
    assertThat(
            said(
                stream,
                FinishReason.STOP,
                new Event.ReasoningDelta("why", false),
                new Event.ReasoningDone(
                    new Part.Reasoning(
                        Dialect.OPENAI_CHAT,
                        "why",
                        List.of(),
                        null,
                        Json.of("[]"),
                        null,
                        Meta.NONE)),
                new Event.TextDelta("a"),
                new Event.Citation(note("url_citation", "https://x", Dialect.OPENAI_CHAT)),
                new Event.MediaOutput(
                    Part.Media.of(MediaKind.IMAGE, new MediaSource.Inline("AA"), "image/png")),
                new Event.Logprobs(Dialect.OPENAI_CHAT, Json.of("{}")),
                new Event.Extension(Dialect.OPENAI_CHAT, "odd", Json.of("1")),
                new Event.RefusalDelta("no"),
                Event.ToolCallStarted.of("c", "f"),
                new Event.ToolArgumentsDelta("c", "{}")))
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "stop,",
    "length,",
    "content_filter,",
    "stop_sequence, MAPPED finish_reason=stop_sequence -> stop",
    "refusal, MAPPED finish_reason=refusal -> stop",
    "pause, MAPPED finish_reason=pause -> stop",
    "context_exceeded, MAPPED finish_reason=context_exceeded -> length",
    "unknown, MAPPED finish_reason=odd -> stop"
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
    assertThat(
            said(
                true,
                FinishReason.TOOL_CALLS,
                new Event.ToolCallStarted(
                    "c", ToolKind.FUNCTION, "f", Map.of("form", "function_call"), null)))
        .containsExactly("MAPPED function_call -> tool_calls");
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
