package lip.backend.openai.legacy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
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
  private static final String OPENAI = "https://api.openai.com/v1";
  private static final String LOCAL = "http://127.0.0.1:1/v1";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          "temperature":0.5,"top_k":3,"stop_sequences":["a"] |
          "thinking":{"type":"enabled","budget_tokens":5000} | MAPPED thinking.budget_tokens -> reasoning_effort=medium
          "thinking":{"type":"enabled","budget_tokens":5000,"display":"omitted"},"output_config":{"effort":"high"} | LOST thinking.budget_tokens, LOST thinking.display
          "thinking":{"type":"adaptive"} | LOST thinking.mode=adaptive
          "thinking":{"type":"disabled"} | LOST thinking.mode=disabled
          "service_tier":"auto" | LOST service_tier
          "context_management":{},"container":"c" | LOST anthropic:context_management, LOST anthropic:container
          "metadata":{"user_id":"u","odd":1} | LOST anthropic:metadata.odd
          "system":[{"type":"text","text":"s","cache_control":{"type":"ephemeral"}}] | LOST cache_control
          "system":[{"type":"text","text":"x-anthropic-billing-header: a"}] | LOST content.billing_header
          "tools":[{"name":"f","input_schema":{},"defer_loading":true,"cache_control":{"type":"ephemeral","scope":"global"}}] | LOST anthropic:tool.defer_loading, LOST anthropic:tool.cache_control.scope, LOST cache_control
          "tools":[{"type":"web_search_20250305","name":"web_search"}] | LOST tool.web_search
          "tools":[{"type":"bash_20250124","name":"bash"}],"tool_choice":{"type":"any","odd":1} | LOST anthropic:tool.type, LOST anthropic:tool_choice.odd
          "output_config":{"format":{"type":"json_schema","schema":{},"odd":1}} | LOST anthropic:output_config.format.odd
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
          {"role":"user","content":[{"type":"tool_result","tool_use_id":"t","content":"r","is_error":true}]} | MAPPED tool_result.is_error -> Error:
          {"role":"user","content":[{"type":"tool_result","tool_use_id":"t","content":"r","cache_control":{"type":"ephemeral"}}]} | LOST cache_control
          {"role":"user","content":[{"type":"tool_result","tool_use_id":"t","content":[{"type":"image","source":{"type":"base64","media_type":"image/png","data":"AAAA"}}]}]} | MAPPED tool_result.media -> a turn of the user
          {"role":"user","content":[{"type":"text","text":"a","cache_control":{"type":"ephemeral"}},{"type":"text","text":"b","odd":1}]} | LOST cache_control, LOST anthropic:content.odd
          {"role":"user","content":"x","odd":1} | LOST anthropic:message.odd
          {"role":"user","content":[{"type":"document","source":{"type":"base64","media_type":"application/pdf","data":"AAAA"},"title":"t","context":"c","citations":{"enabled":true}}]} | MAPPED document.name -> document.pdf, LOST document.title, LOST document.context, LOST anthropic:content.citations
          {"role":"user","content":[{"type":"document","source":{"type":"url","url":"https://x/y.pdf"}}]} | LOST content.document
          {"role":"user","content":[{"type":"image","source":{"type":"file","file_id":"f"}}]} | LOST content.image
          {"role":"user","content":[{"type":"container_upload","file_id":"f"}]} | LOST content.container_upload
          {"role":"user","content":[{"type":"search_result","source":"s","title":"t","content":[{"type":"text","text":"found"}]}]} | LOST anthropic:content.flattened_block
          {"role":"user","content":[{"type":"text","text":"a","citations":[{"type":"char_location","cited_text":"q"}]}]} | LOST text.citations
          {"role":"assistant","content":[{"type":"thinking","thinking":"Hm","signature":"sig"},{"type":"text","text":"a"}]} | LOST reasoning.signature
          {"role":"assistant","content":[{"type":"redacted_thinking","data":"zz"},{"type":"text","text":"a"}]} | LOST reasoning
          {"role":"assistant","content":[{"type":"tool_use","id":"t","name":"f","input":{},"cache_control":{"type":"ephemeral"},"caller":{"type":"direct"}}]} | LOST cache_control, LOST anthropic:tool_call.caller
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
    assertThat(said(call, OPENAI)).containsExactlyInAnyOrder("LOST top_k", "LOST reasoning");
    assertThat(said(call, LOCAL)).containsExactly("LOST reasoning.signature");
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
            "MAPPED role=developer -> system",
            "LOST reasoning",
            "LOST tool_call.signature",
            "MAPPED tool.space -> the tools inside it",
            "LOST tool.odd",
            "LOST tool_choice.sometimes",
            "LOST truncation",
            "LOST output_format",
            "MAPPED thinking.level -> reasoning_effort=high",
            "LOST beta.b1");
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
          {"choices":[{"index":0,"delta":{"content":"a"}},{"index":1,"delta":{"content":"b"}}]} | LOST choices
          {"choices":[{"index":0,"delta":{"content":[{"type":"text","text":"a"},{"type":"reference","ids":[1]}]}}]} | LOST content.reference
          {"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"id":"c"}]}}]} | LOST tool_call
          {"choices":[{"index":0,"delta":{"content":"a"}}],"odd":1} |
          """)
  void whatOfAnAnswerIsLost(String chunk, String expected) throws Exception {
    TestAttempt attempt = new TestAttempt("m", Calls.text("x"));
    Events.drain(
        Backends.of(FixedUpstream.stream("data: " + chunk + "\n\n" + Backends.ANSWER))
            .open(attempt));
    assertThat(Deviations.words(attempt.reported(), Deviation.Way.ANSWER))
        .containsExactlyElementsOf(list(expected));
  }

  private static Call messages(String fields) throws Exception {
    return AnthropicRequests.decode(
        ("{\"model\":\"m\"," + fields + "}").getBytes(StandardCharsets.UTF_8), "2023-06-01");
  }

  private static List<String> said(Call call, String url) throws Exception {
    TestAttempt attempt = new TestAttempt("m", call);
    FixedUpstream upstream = FixedUpstream.stream(Backends.ANSWER);
    Backends.of(upstream, Map.of("base.url", url)).open(attempt).close();
    assertThat(Json.of(upstream.lastBody()).length()).isPositive();
    return Deviations.words(attempt.reported(), Deviation.Way.REQUEST);
  }

  private static List<String> list(String expected) {
    return expected == null ? List.of() : List.of(expected.split(", ", -1));
  }
}
