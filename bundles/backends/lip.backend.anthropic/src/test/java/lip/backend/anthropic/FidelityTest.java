package lip.backend.anthropic;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import lip.api.Dialect;
import lip.api.Meta;
import lip.api.call.Call;
import lip.api.event.Event;
import lip.api.message.MediaKind;
import lip.api.message.MediaSource;
import lip.api.message.Message;
import lip.api.message.Part;
import lip.api.message.Role;
import lip.api.option.Options;
import lip.api.option.OutputFormat;
import lip.api.option.Thinking;
import lip.api.tool.Tool;
import lip.api.tool.ToolChoice;
import lip.frontend.anthropic.AnthropicRequests;
import lip.frontend.openai.legacy.OpenAiLegacyRequests;
import lip.sdk.fidelity.Deviation;
import lip.support.anthropic.messages.Names;
import lip.testing.conformance.backend.TestAttempt;
import lip.testing.kit.Calls;
import lip.testing.kit.Deviations;
import lip.testing.kit.Events;
import lip.testing.kit.FixedUpstream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said of a call that this protocol cannot say, or only otherwise. */
class FidelityTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          "temperature":0.5,"stop":["a"],"max_tokens":5,"user":"u" |
          "temperature":1.5 | MAPPED temperature -> 1
          "temperature":0.5,"reasoning_effort":"high" | LOST temperature
          "seed":1,"frequency_penalty":1,"presence_penalty":1 | LOST seed, LOST frequency_penalty, LOST presence_penalty
          "logprobs":true,"top_logprobs":3,"logit_bias":{"1":2} | LOST logprobs, LOST top_logprobs, LOST openai.chat:logit_bias
          "n":1,"modalities":["text"],"store":false,"service_tier":"auto" |
          "verbosity":"low","store":true,"service_tier":"flex" | LOST verbosity, LOST store, LOST service_tier
          "prompt_cache_key":"k","prompt_cache_retention":"24h" | LOST prompt_cache_key, LOST prompt_cache_retention
          "metadata":{"a":"b"},"odd":1 | LOST metadata, LOST openai.chat:odd
          "safety_identifier":"s" | MAPPED safety_id -> metadata.user_id
          "safety_identifier":"s","user":"u" | LOST safety_id
          "stop":[" ","a"] | LOST stop
          "reasoning_effort":"minimal" | MAPPED thinking.effort -> low
          "response_format":{"type":"json_object"} | MAPPED output_format=json_object -> an instruction
          "response_format":{"type":"json_schema","json_schema":{"name":"n","description":"d","schema":{},"strict":false}} | LOST output_format.description, MAPPED output_format.strict -> true
          "tools":[{"type":"custom","custom":{"name":"patch"}}] | MAPPED tool.patch -> a function
          "tools":[{"type":"web_search"}],"tool_choice":"required" | LOST tool.web_search, LOST tool_choice
          "tools":[{"type":"function","function":{"name":"f","odd":1}}],"tool_choice":{"type":"function","function":{"name":"f"},"odd":1} | LOST openai.chat:tool.function.odd, LOST openai.chat:tool_choice.odd
          "tools":[{"type":"function","function":{"name":"f"}}],"tool_choice":{"type":"allowed_tools","allowed_tools":{"mode":"auto","tools":[{"type":"function","function":{"name":"f"}}]}} | MAPPED tool_choice -> fewer tools
          """)
  void everyOption(String fields, String expected) throws Exception {
    assertThat(
            said(
                chat("\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]," + fields), "claude-x"))
        .containsExactlyInAnyOrderElementsOf(list(expected));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"role":"developer","content":"d"},{"role":"user","content":"x"} | MAPPED message.role=developer -> system
          {"role":"user","content":"x","name":"me","odd":1} | LOST message.name, LOST openai.chat:message.odd
          {"role":"user","content":"x"},{"role":"system","content":"late"} | MAPPED message.role=system -> text of the user
          {"role":"user","content":[{"type":"text","text":"x"},{"type":"text","text":" "}]} | LOST text
          {"role":"user","content":" "} | LOST text, MAPPED message -> (empty)
          {"role":"user","content":[{"type":"text","text":"x","odd":1}]} | LOST openai.chat:content.odd
          {"role":"user","content":[{"type":"image_url","image_url":{"url":"https://x","detail":"low"}}]} | LOST image.detail
          {"role":"user","content":[{"type":"file","file":{"file_id":"f"}},{"type":"text","text":"x"}]} | LOST content.document
          {"role":"user","content":[{"type":"video_url","video_url":{}},{"type":"text","text":"x"}]} | LOST content.video_url
          {"role":"user","content":"x"},{"role":"assistant","content":"a","reasoning_content":"why"} | LOST reasoning
          {"role":"user","content":"x"},{"role":"assistant","content":"","refusal":"no"} | LOST text, MAPPED refusal -> text
          {"role":"user","content":"x"},{"role":"assistant","content":""} | LOST text, LOST message
          {"role":"assistant","content":"a"} | MAPPED messages -> a turn of the user before them
          {"role":"user","content":"x"},{"role":"assistant","content":null,"tool_calls":[{"id":"c","type":"function","function":{"name":"f","arguments":"{bro"},"extra_content":{"google":{"thought_signature":"s"}}}]} | MAPPED tool_call -> a call with an error as result, MAPPED tool_call.arguments -> an object around them, LOST tool_call.signature
          {"role":"user","content":"x"},{"role":"tool","tool_call_id":"c","content":"r"} | MAPPED tool_result -> text
          {"role":"user","content":"x"},{"role":"assistant","content":null,"tool_calls":[{"id":"c","type":"function","function":{"name":"f","arguments":"{}"}}]},{"role":"user","content":"y"},{"role":"tool","tool_call_id":"c","content":"r"},{"role":"tool","tool_call_id":"c","content":"s"} | LOST tool_result, MAPPED tool_result -> right behind its call
          """)
  void everyTurn(String messages, String expected) throws Exception {
    String sampling = ",\"temperature\":1";
    assertThat(said(chat("\"messages\":[" + messages + "]" + sampling), "claude-x"))
        .containsExactlyInAnyOrderElementsOf(list(expected));
  }

  @Test
  void namesAndIdsOfOtherRules() throws Exception {
    Call call =
        chat(
            "\"messages\":[{\"role\":\"user\",\"content\":\"x\"},{\"role\":\"assistant\",\"content\":null,\"tool_calls\":[{\"id\":\"c:1\",\"type\":\"function\",\"function\":{\"name\":\"a.b\",\"arguments\":\"{}\"}}]},{\"role\":\"tool\",\"tool_call_id\":\"c:1\",\"content\":\"r\"}],\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"a.b\"}}]");
    assertThat(said(call, "claude-x"))
        .containsExactlyInAnyOrder(
            "MAPPED tool.a.b -> " + ToolNames.name("a.b"),
            "MAPPED tool_call.id -> " + ToolNames.id("c:1"));
  }

  @Test
  void reasoningAsTheModelTakesIt() throws Exception {
    String ask = "\"messages\":[{\"role\":\"user\",\"content\":\"x\"}],\"reasoning_effort\":";
    assertThat(said(chat(ask + "\"medium\""), "claude-sonnet-4-5"))
        .containsExactly("MAPPED thinking.effort -> budget_tokens=8192");
    assertThat(said(chat(ask + "\"high\",\"max_tokens\":9000"), "claude-3-5-haiku-20241022"))
        .containsExactlyInAnyOrder("MAPPED max_output_tokens -> 8192", "LOST thinking.effort");
    assertThat(said(chat(ask + "\"high\",\"max_tokens\":500"), "claude-sonnet-4-5"))
        .containsExactly("LOST thinking.effort");
    assertThat(said(chat(ask + "\"none\""), "claude-sonnet-4-5")).isEmpty();
    Call budget =
        Calls.text("x").toBuilder()
            .options(
                Options.builder()
                    .thinking(new Thinking("enabled", null, 5_000, null, "omitted"))
                    .build())
            .build();
    assertThat(said(budget, "claude-x"))
        .containsExactlyInAnyOrder(
            "LOST thinking.display", "MAPPED thinking.budget_tokens -> adaptive");
    assertThat(said(budget, "claude-sonnet-4-5")).containsExactly("LOST thinking.display");
  }

  @Test
  void samplingThatTheNewestVersionDoesNotHave() throws Exception {
    String fields =
        "\"max_tokens\":5,\"messages\":[{\"role\":\"user\",\"content\":\"x\"}],\"temperature\":0.5,\"top_p\":0.5,\"top_k\":3";
    assertThat(said(messages(fields, Names.VERSION_2026), "claude-x"))
        .containsExactly("LOST temperature", "LOST top_p", "LOST top_k");
    assertThat(said(messages(fields, Names.VERSION_2023), "claude-x")).isEmpty();
  }

  @Test
  void aBodyOfTheSameDialectLosesNothing() throws Exception {
    Call call =
        messages(
            "\"max_tokens\":5,\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"x\",\"odd\":1,\"cache_control\":{\"type\":\"ephemeral\"}}],\"more\":2}],\"odd\":2,\"top_k\":3,\"thinking\":{\"type\":\"enabled\",\"budget_tokens\":2000}",
            Names.VERSION_2023);
    assertThat(said(call, "claude-x")).isEmpty();
    // Nor does one that a stage has changed.
    assertThat(said(call.toBuilder().messages(call.messages()).build(), "claude-x")).isEmpty();
    // What is repaired is told in the same dialect, too.
    Call broken =
        messages(
            "\"max_tokens\":5,\"messages\":[{\"role\":\"user\",\"content\":\"x\"},{\"role\":\"assistant\",\"content\":[{\"type\":\"thinking\",\"thinking\":\"a\",\"signature\":\"s\"}]},{\"role\":\"user\",\"content\":\"y\"}]",
            Names.VERSION_2023);
    assertThat(said(broken, "claude-x")).containsExactly("LOST reasoning");
  }

  @Test
  void onlyFourMarkersAreAllowed() throws Exception {
    String text = "{\"type\":\"text\",\"text\":\"x\",\"cache_control\":{\"type\":\"ephemeral\"}}";
    Call call =
        chat(
            "\"messages\":[{\"role\":\"user\",\"content\":["
                + String.join(",", java.util.Collections.nCopies(6, text))
                + "]}]");
    assertThat(said(call, "claude-x")).containsExactly("LOST cache_control", "LOST cache_control");
  }

  @Test
  void whatNoFrontendOfTodaySays() throws Exception {
    Call call =
        Calls.builder(
                Message.of(
                    Role.USER,
                    List.of(
                        Part.Text.of("x"),
                        new Part.Text(
                            "y",
                            List.of(
                                new lip.api.message.Annotation(
                                    "url_citation",
                                    "https://x",
                                    null,
                                    null,
                                    -1,
                                    -1,
                                    Dialect.OPENAI_CHAT,
                                    lip.api.Json.of("{}"))),
                            null,
                            Meta.NONE),
                        Part.Media.of(MediaKind.AUDIO, new MediaSource.Inline("AA"), null))))
            .tools(List.of(new Tool.Namespace("space", null, List.of(), Meta.NONE)))
            .toolChoice(new ToolChoice.None())
            .options(
                Options.builder()
                    .candidates(2)
                    .truncation("auto")
                    .modalities(List.of("audio"))
                    .outputFormat((OtherFormat) () -> "grammar")
                    .build())
            .betas(List.of("b1"))
            .build();
    assertThat(said(call, "claude-x"))
        .containsExactlyInAnyOrder(
            "LOST text.citations",
            "LOST content.audio",
            "MAPPED tool.space -> the tools inside it",
            "LOST n",
            "LOST truncation",
            "LOST modality.audio",
            "LOST output_format.grammar",
            "LOST beta.b1");
  }

  private interface OtherFormat extends OutputFormat.Other {}

  @Test
  void whatOfAnAnswerIsLost() throws Exception {
    String wire =
        MessageStreamTest.START
            + "event: ping\ndata: {\"type\":\"ping\"}\n\n"
            + "event: news\ndata: {\"type\":\"news\"}\n\n"
            + MessageStreamTest.start(0, "{\"type\":\"text\",\"text\":\"\",\"odd\":1}")
            + MessageStreamTest.delta(0, "{\"type\":\"text_delta\",\"text\":\"a\"}")
            + MessageStreamTest.stop(0)
            + MessageStreamTest.END;
    TestAttempt attempt = new TestAttempt("m", Calls.text("x"));
    List<Event> events = Events.drain(Backends.of(FixedUpstream.stream(wire)).open(attempt));
    assertThat(Deviations.words(attempt.reported(), Deviation.Way.ANSWER))
        .containsExactly("LOST event.news", "LOST content_block.odd");
    // The reason is in the last event: for other dialects there is no more to hand over.
    assertThat(events).noneMatch(Event.Extension.class::isInstance);
  }

  private static Call chat(String fields) throws Exception {
    return OpenAiLegacyRequests.decode(
        ("{\"model\":\"m\"," + fields + "}").getBytes(StandardCharsets.UTF_8));
  }

  private static Call messages(String fields, String version) throws Exception {
    return AnthropicRequests.decode(
        ("{\"model\":\"m\"," + fields + "}").getBytes(StandardCharsets.UTF_8), version);
  }

  private static List<String> said(Call call, String model) throws Exception {
    TestAttempt attempt = new TestAttempt(model, call);
    Backends.of(FixedUpstream.stream(MessageStreamTest.text("a"))).open(attempt).close();
    return Deviations.words(attempt.reported(), Deviation.Way.REQUEST);
  }

  private static List<String> list(String expected) {
    return expected == null ? List.of() : List.of(expected.split(", ", -1));
  }
}
