package lip.backend.openai.legacy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import lip.api.Dialect;
import lip.api.Json;
import lip.api.Meta;
import lip.api.call.Call;
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
import lip.testing.kit.Calls;
import lip.testing.kit.Events;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said of a call that this protocol cannot say, or only otherwise. */
class FidelityTest {
  private static final String ANSWER =
      "data:"
          + " {\"id\":\"x\",\"choices\":[{\"delta\":{\"content\":\"a\"},\"finish_reason\":\"stop\"}]}\n\n";
  private static final String OPENAI = "https://api.openai.com/v1";
  private static final String LOCAL = "http://127.0.0.1:1/v1";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          "temperature":0.5,"top_k":3,"stop_sequences":["a"] |
          "thinking":{"type":"enabled","budget_tokens":5000} | mapped thinking.budget_tokens -> reasoning_effort=medium
          "thinking":{"type":"enabled","budget_tokens":5000,"display":"omitted"},"output_config":{"effort":"high"} | lost thinking.budget_tokens, lost thinking.display
          "thinking":{"type":"adaptive"} | lost thinking.mode=adaptive
          "thinking":{"type":"disabled"} | lost thinking.mode=disabled
          "service_tier":"auto" | lost service_tier
          "context_management":{},"container":"c" | lost anthropic:context_management, lost anthropic:container
          "metadata":{"user_id":"u","odd":1} | lost anthropic:metadata.odd
          "system":[{"type":"text","text":"s","cache_control":{"type":"ephemeral"}}] | lost cache_control
          "system":[{"type":"text","text":"x-anthropic-billing-header: a"}] | lost content.billing_header
          "tools":[{"name":"f","input_schema":{},"defer_loading":true,"cache_control":{"type":"ephemeral","scope":"global"}}] | lost anthropic:tool.defer_loading, lost anthropic:tool.cache_control.scope, lost cache_control
          "tools":[{"type":"web_search_20250305","name":"web_search"}] | lost tool.web_search
          "tools":[{"type":"bash_20250124","name":"bash"}],"tool_choice":{"type":"any","odd":1} | lost anthropic:tool.type, lost anthropic:tool_choice.odd
          "output_config":{"format":{"type":"json_schema","schema":{},"odd":1}} | lost anthropic:output_config.format.odd
          """)
  void everyOption(String fields, String expected) throws Exception {
    assertThat(
            said(
                messages(
                    "\"max_tokens\":7,\"messages\":[{\"role\":\"user\",\"content\":\"x\"}],"
                        + fields),
                LOCAL))
        .containsExactlyInAnyOrderElementsOf(list(expected));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"role":"user","content":[{"type":"tool_result","tool_use_id":"t","content":"r","is_error":true}]} | mapped tool_result.is_error -> Error:
          {"role":"user","content":[{"type":"tool_result","tool_use_id":"t","content":"r","cache_control":{"type":"ephemeral"}}]} | lost cache_control
          {"role":"user","content":[{"type":"tool_result","tool_use_id":"t","content":[{"type":"image","source":{"type":"base64","media_type":"image/png","data":"AAAA"}}]}]} | mapped tool_result.media -> a turn of the user
          {"role":"user","content":[{"type":"text","text":"a","cache_control":{"type":"ephemeral"}},{"type":"text","text":"b","odd":1}]} | lost cache_control, lost anthropic:content.odd
          {"role":"user","content":"x","odd":1} | lost anthropic:message.odd
          {"role":"user","content":[{"type":"document","source":{"type":"base64","media_type":"application/pdf","data":"AAAA"},"title":"t","context":"c","citations":{"enabled":true}}]} | mapped document.name -> document.pdf, lost document.title, lost document.context, lost anthropic:content.citations
          {"role":"user","content":[{"type":"document","source":{"type":"url","url":"https://x/y.pdf"}}]} | lost content.document
          {"role":"user","content":[{"type":"image","source":{"type":"file","file_id":"f"}}]} | lost content.image
          {"role":"user","content":[{"type":"container_upload","file_id":"f"}]} | lost content.container_upload
          {"role":"user","content":[{"type":"search_result","source":"s","title":"t","content":[{"type":"text","text":"found"}]}]} | lost anthropic:content.flattened_block
          {"role":"user","content":[{"type":"text","text":"a","citations":[{"type":"char_location","cited_text":"q"}]}]} | lost text.citations
          {"role":"assistant","content":[{"type":"thinking","thinking":"Hm","signature":"sig"},{"type":"text","text":"a"}]} | lost reasoning.signature
          {"role":"assistant","content":[{"type":"redacted_thinking","data":"zz"},{"type":"text","text":"a"}]} | lost reasoning
          {"role":"assistant","content":[{"type":"tool_use","id":"t","name":"f","input":{},"cache_control":{"type":"ephemeral"},"caller":{"type":"direct"}}]} | lost cache_control, lost anthropic:tool_call.caller
          """)
  void everyBlock(String message, String expected) throws Exception {
    assertThat(said(messages("\"max_tokens\":7,\"messages\":[" + message + "]"), LOCAL))
        .containsExactlyInAnyOrderElementsOf(list(expected));
  }

  @Test
  void whatOnlyOpenAiRefuses() throws Exception {
    Call call =
        messages(
            "\"max_tokens\":7,\"top_k\":3,\"messages\":[{\"role\":\"assistant\",\"content\":[{\"type\":\"thinking\",\"thinking\":\"Hm\",\"signature\":\"\"},{\"type\":\"text\",\"text\":\"a\"}]}]");
    assertThat(said(call, OPENAI)).containsExactlyInAnyOrder("lost top_k", "lost reasoning");
    assertThat(said(call, LOCAL)).containsExactly("lost reasoning.signature");
  }

  @Test
  void whatNoFrontendOfTodaySays() throws Exception {
    Dialect other = new Dialect("other");
    Call call =
        Call.builder("t", other)
            .messages(
                List.of(
                    Message.text(Role.DEVELOPER, "d"),
                    Message.of(
                        Role.ASSISTANT,
                        List.of(
                            Part.Reasoning.of(other, "one"),
                            Part.Reasoning.of(other, "two"),
                            new Part.ToolCall(
                                "c",
                                lip.api.tool.ToolKind.FUNCTION,
                                "f",
                                "{}",
                                java.util.Map.of(),
                                "sig",
                                Meta.NONE)))))
            .tools(
                List.of(
                    new Tool.Namespace(
                        "space", null, List.of(Calls.function("f", "{}")), Meta.NONE),
                    (OtherTool) () -> "odd"))
            .toolChoice((OtherChoice) () -> "sometimes")
            .options(
                Options.builder()
                    .truncation("auto")
                    .outputFormat((OtherFormat) () -> "grammar")
                    .thinking(new Thinking(null, null, null, "HIGH", null))
                    .build())
            .betas(List.of("b1"))
            .build();
    assertThat(said(call, LOCAL))
        .containsExactlyInAnyOrder(
            "mapped role=developer -> system",
            "lost reasoning",
            "lost tool_call.signature",
            "mapped tool.space -> the tools inside it",
            "lost tool.odd",
            "lost tool_choice.sometimes",
            "lost truncation",
            "lost output_format",
            "mapped thinking.level -> reasoning_effort=high",
            "lost beta.b1");
  }

  private interface OtherTool extends Tool.Other {
    @Override
    default String name() {
      return type();
    }

    @Override
    default Meta meta() {
      return Meta.NONE;
    }
  }

  private interface OtherChoice extends ToolChoice.Other {}

  private interface OtherFormat extends OutputFormat.Other {}

  @Test
  void aBodyOfTheSameDialectLosesNothing() throws Exception {
    Call call =
        OpenAiLegacyRequests.decode(
            "{\"model\":\"m\",\"messages\":[{\"role\":\"developer\",\"content\":[{\"type\":\"text\",\"text\":\"x\",\"odd\":1,\"cache_control\":{\"type\":\"ephemeral\"}}]}],\"seed\":1,\"odd\":2,\"top_k\":3}"
                .getBytes(StandardCharsets.UTF_8));
    assertThat(said(call, LOCAL)).isEmpty();
    // Nor does one that a stage has changed.
    assertThat(said(call.toBuilder().messages(call.messages()).build(), LOCAL)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"choices":[{"index":0,"delta":{"content":"a"}},{"index":1,"delta":{"content":"b"}}]} | lost choices
          {"choices":[{"index":0,"delta":{"content":[{"type":"text","text":"a"},{"type":"reference","ids":[1]}]}}]} | lost content.reference
          {"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"id":"c"}]}}]} | lost tool_call
          {"choices":[{"index":0,"delta":{"content":"a"}}],"odd":1} |
          """)
  void whatOfAnAnswerIsLost(String chunk, String expected) throws Exception {
    Try attempt = new Try("m", Calls.text("x"));
    Events.drain(
        Backends.of(FakeUpstream.stream("data: " + chunk + "\n\n" + ANSWER)).open(attempt));
    assertThat(attempt.reported())
        .allMatch(deviation -> deviation.way() == Deviation.Way.ANSWER)
        .extracting(FidelityTest::said)
        .containsExactlyElementsOf(list(expected));
  }

  private static Call messages(String fields) throws Exception {
    return AnthropicRequests.decode(
        ("{\"model\":\"m\"," + fields + "}").getBytes(StandardCharsets.UTF_8), "2023-06-01");
  }

  private static List<String> said(Call call, String url) throws Exception {
    Try attempt = new Try("m", call);
    FakeUpstream upstream = FakeUpstream.stream(ANSWER);
    Backends.of(upstream, url, List.of(), true).open(attempt).close();
    assertThat(Json.of(upstream.lastBody()).length()).isPositive();
    assertThat(attempt.reported())
        .allMatch(deviation -> deviation.way() == Deviation.Way.REQUEST)
        .allMatch(deviation -> !deviation.reason().isEmpty());
    return attempt.reported().stream().map(FidelityTest::said).toList();
  }

  private static String said(Deviation deviation) {
    return deviation.effect().name().toLowerCase(Locale.ROOT)
        + " "
        + deviation.field()
        + (deviation.became() == null ? "" : " -> " + deviation.became());
  }

  private static List<String> list(String expected) {
    return expected == null ? List.of() : List.of(expected.split(", ", -1));
  }
}
