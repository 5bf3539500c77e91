package lip.frontend.anthropic;

import static lip.frontend.anthropic.Requests.CLIENT;
import static org.assertj.core.api.Assertions.assertThat;

import com.anthropic.models.messages.ContentBlock;
import com.anthropic.models.messages.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import lip.api.Dialect;
import lip.api.Json;
import lip.api.Meta;
import lip.api.event.Event;
import lip.api.event.FinishReason;
import lip.api.event.Usage;
import lip.api.message.Annotation;
import lip.api.message.Part;
import lip.sdk.backend.ModelInfo;
import lip.testing.conformance.frontend.CapturingCalls;
import lip.testing.conformance.frontend.RecordedExchange.End;
import lip.testing.conformance.frontend.SampleRequest;
import lip.testing.conformance.frontend.Served;
import lip.testing.kit.CountingIds;
import lip.testing.kit.Events;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnthropicFrontendTest {
  private static final ModelInfo[] MODELS = {
    new ModelInfo("a/b", null, 5, "x"), new ModelInfo("a/b", "twice", 6, "y")
  };

  private static final String ID = CountingIds.id("msg_", 1);
  private static final String TRACE = CountingIds.id("trace_", 1);

  @Test
  void streamsTextByTheGrammar() throws Exception {
    Served x = CLIENT.answered(Requests.STREAM, Events.text("Hé", "\"\n😀"));
    assertThat(x.text())
        .isEqualTo(
            """
            event: message_start
            data: {"type":"message_start","message":{"id":"ID","type":"message","role":"assistant","model":"claude-x","content":[],"stop_reason":null,"stop_sequence":null,"usage":{"input_tokens":0,"cache_creation_input_tokens":0,"cache_read_input_tokens":0,"output_tokens":0}}}

            event: content_block_start
            data: {"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}

            event: content_block_delta
            data: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"Hé"}}

            event: content_block_delta
            data: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"\\"\\n😀"}}

            event: content_block_stop
            data: {"type":"content_block_stop","index":0}

            event: message_delta
            data: {"type":"message_delta","delta":{"stop_reason":"end_turn","stop_sequence":null},"usage":{"input_tokens":3,"cache_creation_input_tokens":0,"cache_read_input_tokens":0,"output_tokens":7}}

            event: message_stop
            data: {"type":"message_stop"}

            """
                .replace("ID", ID));
    assertThat(x.headers().first("Content-Type")).isEqualTo("text/event-stream; charset=utf-8");
    assertThat(x.headers().first("request-id")).isEqualTo(TRACE);
    assertThat(x.end()).isEqualTo(End.ENDED);
    assertThat(text(Sdk.message(x.text()))).isEqualTo("Hé\"\n😀");
  }

  @Test
  void interleavedCallsBecomeBlocksOfTheirOwn() throws Exception {
    List<Event> events =
        answer(
            FinishReason.STOP,
            new Event.TextDelta("Well"),
            Event.ToolCallStarted.of("c1", "f"),
            Event.ToolCallStarted.of("c2", "g"),
            new Event.ToolArgumentsDelta("c1", "{\"a\":"),
            new Event.ToolArgumentsDelta("c2", "{}"),
            Event.ToolCallStarted.of("c3", "h"),
            new Event.ToolArgumentsDelta("c1", "1}"),
            new Event.ToolCallFinished("c1"),
            new Event.ToolCallFinished("c2"),
            new Event.ToolCallFinished("c3"));
    Message streamed = both(events);
    assertThat(streamed.stopReason().orElseThrow().toString()).isEqualTo("tool_use");
    assertThat(streamed.content()).hasSize(4);
    assertThat(streamed.content().get(1).asToolUse().id()).isEqualTo("c1");
    assertThat(streamed.content().get(1).asToolUse()._input().toString()).isEqualTo("{a=1}");
    assertThat(streamed.content().get(3).asToolUse().name()).isEqualTo("h");
    assertThat(streamed.content().get(3).asToolUse()._input().toString()).isEqualTo("{}");
  }

  @Test
  void thinkingKeepsItsProof() throws Exception {
    Part.Reasoning signed =
        new Part.Reasoning(Dialect.ANTHROPIC, "Hm", List.of(), "sig==", null, null, Meta.NONE);
    Part.Reasoning hidden =
        new Part.Reasoning(
            Dialect.ANTHROPIC, "", List.of(), null, Json.of("\"zz\""), null, Meta.NONE);
    Message message =
        both(
            answer(
                FinishReason.STOP,
                new Event.ReasoningDelta("Hm", false),
                new Event.ReasoningDone(signed),
                new Event.ReasoningDone(hidden),
                new Event.TextDelta("a")));
    assertThat(message.content().get(0).asThinking().thinking()).isEqualTo("Hm");
    assertThat(message.content().get(0).asThinking().signature()).isEqualTo("sig==");
    assertThat(message.content().get(1).asRedactedThinking().data()).isEqualTo("zz");
    assertThat(message.content().get(2).asText().text()).isEqualTo("a");
  }

  @Test
  void foreignReasoningComesBackAsItWas() throws Exception {
    Part.Reasoning foreign =
        new Part.Reasoning(
            Dialect.OPENAI_CHAT,
            "why",
            List.of(),
            null,
            Json.of("[{\"type\":\"reasoning.encrypted\",\"data\":\"q\"}]"),
            null,
            Meta.NONE);
    Message message =
        both(
            answer(
                FinishReason.STOP,
                new Event.ReasoningDelta("why", false),
                new Event.ReasoningDone(foreign),
                new Event.TextDelta("a")));
    String signature = message.content().getFirst().asThinking().signature();
    assertThat(signature).startsWith("lip1.");

    String history =
        "{\"model\":\"m\",\"max_tokens\":1,\"messages\":[{\"role\":\"assistant\",\"content\":[{\"type\":\"thinking\",\"thinking\":\"why\",\"signature\":\""
            + signature
            + "\"}]}]}";
    Part back =
        CLIENT.answered(history, Events.text("a")).call().messages().getFirst().parts().getFirst();
    assertThat(back).isEqualTo(foreign);
  }

  @Test
  void textsWithTheirCitations() throws Exception {
    Json raw =
        Json.of(
            "{\"type\":\"char_location\",\"cited_text\":\"q\",\"document_index\":0,\"document_title\":\"t\",\"file_id\":null,\"start_char_index\":1,\"end_char_index\":2}");
    Annotation note =
        new Annotation("document_citation", null, "t", "q", -1, -1, Dialect.ANTHROPIC, raw);
    Message message =
        both(
            answer(
                FinishReason.STOP,
                new Event.TextDelta("a"),
                new Event.Extension(Dialect.ANTHROPIC, "text_block_end", Json.of("true")),
                new Event.TextDelta("b"),
                new Event.Citation(note)));
    assertThat(message.content()).hasSize(2);
    assertThat(message.content().get(1).asText().citations().orElseThrow()).hasSize(1);
  }

  @Test
  void blocksThatOnlyThisDialectKnows() throws Exception {
    Json raw =
        Json.of(
            "{\"type\":\"server_tool_use\",\"id\":\"srvtoolu_1\",\"name\":\"web_search\",\"input\":{\"query\":\"x\"},\"caller\":{\"type\":\"direct\"}}");
    Served x =
        CLIENT.answered(
            Requests.STREAM,
            answer(
                FinishReason.PAUSE, new Event.Extension(Dialect.ANTHROPIC, "content_block", raw)));
    assertThat(x.text()).contains("\"content_block\":" + raw.text());
    assertThat(x.text()).contains("\"stop_reason\":\"pause_turn\"");
  }

  @Test
  void theProvidersEndIsKept() throws Exception {
    List<Event> events = new ArrayList<>();
    events.add(new Event.ResponseStarted("msg_theirs", "m", 0));
    events.add(new Event.Extension(Dialect.ANTHROPIC, "message.odd", Json.of("1")));
    events.add(Event.MessageStarted.FIRST);
    events.add(new Event.TextDelta("a"));
    events.add(
        new Event.Extension(
            Dialect.ANTHROPIC,
            "message_delta.delta",
            Json.of("{\"stop_reason\":\"stop_sequence\",\"stop_sequence\":\"END\"}")));
    events.add(new Event.Finished(FinishReason.STOP_SEQUENCE, "stop_sequence", null));
    Served x = CLIENT.answered(Requests.WHOLE, events);
    assertThat(x.text())
        .contains(
            "\"id\":\"msg_theirs\"",
            "\"stop_reason\":\"stop_sequence\",\"stop_sequence\":\"END\"",
            "\"odd\":1");
    assertThat(both(events).stopSequence()).contains("END");
  }

  @ParameterizedTest
  @CsvSource({
    "stop,end_turn",
    "stop_sequence,stop_sequence",
    "length,max_tokens",
    "context_exceeded,model_context_window_exceeded",
    "content_filter,refusal",
    "refusal,refusal",
    "pause,pause_turn",
    "malformed_tool,end_turn",
    "unknown,end_turn"
  })
  void finishReasons(String canonical, String wire) throws Exception {
    Served x =
        CLIENT.answered(
            Requests.WHOLE, answer(new FinishReason(canonical), new Event.TextDelta("a")));
    assertThat(x.text()).contains("\"stop_reason\":\"" + wire + "\"");
  }

  @Test
  void aRefusalIsTextAndSaysSo() throws Exception {
    Message message = both(answer(FinishReason.STOP, new Event.RefusalDelta("No.")));
    assertThat(text(message)).isEqualTo("No.");
    assertThat(message.stopReason().orElseThrow().toString()).isEqualTo("refusal");
  }

  @Test
  void usageLeavesOutWhatWasCached() throws Exception {
    List<Event> events = answer(FinishReason.STOP, new Event.TextDelta("a"));
    events.add(
        events.size() - 1,
        new Event.UsageReport(
            Usage.builder().input(10L).output(4L).cacheRead(6L).cacheWrite(1L).build()));
    Message message = both(events);
    assertThat(message.usage().inputTokens()).isEqualTo(3);
    assertThat(message.usage().cacheReadInputTokens()).contains(6L);
    assertThat(message.usage().cacheCreationInputTokens()).contains(1L);
    assertThat(message.usage().outputTokens()).isEqualTo(4);
  }

  @Test
  void countsTokens() throws Exception {
    Served x =
        CLIENT.send(
            count(
                "\"system\":\"You are"
                    + " kind.\",\"messages\":[{\"role\":\"user\",\"content\":\"How many tokens are"
                    + " in this sentence of eleven words?\"}]"),
            CapturingCalls.answering(List.of()));
    assertThat(x.status()).isEqualTo(200);
    assertThat(x.text()).matches("\\{\"input_tokens\":(1[5-9]|2[0-9])\\}");
    assertThat(x.headers().first("X-LIP-Token-Count")).isEqualTo("o200k");
    assertThat(x.calls().opened()).isEmpty();
  }

  @Test
  void theProvidersOwnCountWins() throws Exception {
    Served x =
        CLIENT.send(
            count("\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]"),
            CapturingCalls.answering(List.of()).counting(4711));
    assertThat(x.text()).isEqualTo("{\"input_tokens\":4711}");
    assertThat(x.headers().first("X-LIP-Token-Count")).isEqualTo("provider");
    assertThat(x.calls().opened()).isEmpty();
  }

  private static SampleRequest count(String fields) {
    return SampleRequest.post("/v1/messages/count_tokens", "{\"model\":\"m\"," + fields + "}");
  }

  @Test
  void modelsInTheirShape() throws Exception {
    Served x = CLIENT.models(Map.of(), MODELS);
    assertThat(x.text())
        .isEqualTo(
            "{\"data\":[{\"type\":\"model\",\"id\":\"a/b\",\"display_name\":\"a/b\",\"created_at\":\"1970-01-01T00:00:05Z\"}],\"has_more\":false,\"first_id\":\"a/b\",\"last_id\":\"a/b\"}");
    assertThat(CLIENT.models(Map.of("id", "a/b"), MODELS).text()).startsWith("{\"type\":\"model\"");
    assertThat(CLIENT.models(Map.of("id", "x"), MODELS).status()).isEqualTo(404);
  }

  @Test
  void keepsWhatTheHeadSays() throws Exception {
    Served x =
        CLIENT.send(
            CLIENT
                .post(Requests.WHOLE)
                .with(
                    "anthropic-version",
                    "2026-10-21",
                    "anthropic-beta",
                    "a-1, b-2",
                    "anthropic-beta",
                    "b-2,c-3",
                    "x-claude-code-session-id",
                    "s-1"),
            CapturingCalls.answering(Events.text("a")));
    assertThat(x.call().betas()).containsExactly("a-1", "b-2", "c-3");
    assertThat(x.call().session().clientId()).isEqualTo("s-1");
    assertThat(x.call().extensions().of(Dialect.ANTHROPIC).get("anthropic-version"))
        .isEqualTo(Json.of("\"2026-10-21\""));
  }

  private static List<Event> answer(FinishReason reason, Event... content) {
    return Events.answer(Event.Finished.of(reason), content);
  }

  /** The streamed answer, which must be the same as the whole one. */
  private static Message both(List<Event> events) throws Exception {
    Served streamed = CLIENT.answered(Requests.STREAM, events);
    Message message = Sdk.message(streamed.text());
    Message whole = Sdk.whole(CLIENT.answered(Requests.WHOLE, events).text());
    assertThat(whole.content().toString().replace("citations=null, ", ""))
        .isEqualTo(message.content().toString().replace("citations=null, ", ""));
    assertThat(whole.stopReason()).isEqualTo(message.stopReason());
    return message;
  }

  private static String text(Message message) throws Exception {
    StringBuilder text = new StringBuilder();
    message.content().stream()
        .filter(ContentBlock::isText)
        .forEach(block -> text.append(block.asText().text()));
    return text.toString();
  }
}
