package lip.backend.openai.legacy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import lip.backend.openai.legacy.profile.Server;
import lip.frontend.openai.legacy.OpenAiLegacyRequests;
import lip.sdk.backend.Backend;
import lip.testing.conformance.backend.TestAttempt;
import lip.testing.kit.Calls;
import lip.testing.kit.Events;
import lip.testing.kit.FixedUpstream;
import org.junit.jupiter.api.Test;

/** DeepSeek refuses a turn with calls whose reasoning is missing, and most clients leave it out. */
class RestoredReasoningTest {
  private static final String ANSWER =
      """
      data: {"id":"x","choices":[{"delta":{"reasoning_content":"I look "}}]}

      data: {"id":"x","choices":[{"delta":{"reasoning_content":"it up."}}]}

      data: {"id":"x","choices":[{"delta":{"tool_calls":[{"index":0,"id":"call_1","function":{"name":"f","arguments":"{\\"a\\":"}}]}}]}

      data: {"id":"x","choices":[{"delta":{"tool_calls":[{"index":0,"function":{"arguments":"1}"}}]}}]}

      data: {"id":"x","choices":[{"delta":{},"finish_reason":"tool_calls"}]}

      """;

  private final FixedUpstream upstream = FixedUpstream.stream(ANSWER);

  @Test
  void comesBackBeforeItsCalls() throws Exception {
    Backend backend = backend(Server.DEEPSEEK);
    Events.drain(backend.open(new TestAttempt("m", Calls.text("x"))));
    assertThat(next(backend, "call_1", "{\\\"a\\\":1}", ""))
        .contains("\"content\":null,\"reasoning_content\":\"I look it up.\",\"tool_calls\"");
  }

  @Test
  void whatTheClientBroughtBackStays() throws Exception {
    Backend backend = backend(Server.DEEPSEEK);
    Events.drain(backend.open(new TestAttempt("m", Calls.text("x"))));
    assertThat(next(backend, "call_1", "{\\\"a\\\":1}", "\"reasoning_content\":\"mine\","))
        .contains("\"reasoning_content\":\"mine\"")
        .doesNotContain("I look");
  }

  @Test
  void belongsToNoOtherCall() throws Exception {
    Backend backend = backend(Server.DEEPSEEK);
    Events.drain(backend.open(new TestAttempt("m", Calls.text("x"))));
    assertThat(next(backend, "call_2", "{\\\"a\\\":1}", "")).doesNotContain("I look");
    assertThat(next(backend, "call_1", "{\\\"a\\\":2}", "")).doesNotContain("I look");
  }

  @Test
  void isNotKeptForOtherServers() throws Exception {
    Backend backend = backend(Server.COMPATIBLE);
    Events.drain(backend.open(new TestAttempt("m", Calls.text("x"))));
    assertThat(next(backend, "call_1", "{\\\"a\\\":1}", "")).doesNotContain("I look");
  }

  @Test
  void anAnswerThatBrokeOffIsNotKept() throws Exception {
    FixedUpstream broken =
        FixedUpstream.stream(ANSWER.substring(0, ANSWER.lastIndexOf("data:"))).cutOff();
    Backend backend = backend(Server.DEEPSEEK, broken);
    try {
      Events.drain(backend.open(new TestAttempt("m", Calls.text("x"))));
    } catch (lip.api.failure.UpstreamFailure _) {
      // Meant.
    }
    backend.open(new TestAttempt("m", call("call_1", "{\\\"a\\\":1}", "")));
    assertThat(broken.lastBody()).doesNotContain("I look");
  }

  @Test
  void theOldestIsForgotten() throws Exception {
    ReasoningMemory memory = new ReasoningMemory();
    for (int i = 0; i < 1_001; i++) {
      memory.keep(List.of(lip.api.message.Part.ToolCall.of("c" + i, "f", "{}")), "t" + i);
    }
    assertThat(memory.restored(call("c0", "{}", "").messages()))
        .isEqualTo(call("c0", "{}", "").messages());
    assertThat(memory.restored(call("c1", "{}", "").messages()).toString()).contains("t1");
    assertThat(memory.restored(call("c1000", "{}", "").messages()).toString()).contains("t1000");
  }

  private String next(Backend backend, String id, String arguments, String more) throws Exception {
    backend.open(new TestAttempt("m", call(id, arguments, more)));
    return upstream.lastBody();
  }

  private static lip.api.call.Call call(String id, String arguments, String more) throws Exception {
    String body =
        "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"},{\"role\":\"assistant\",\"content\":null,"
            + more
            + "\"tool_calls\":[{\"id\":\""
            + id
            + "\",\"type\":\"function\",\"function\":{\"name\":\"f\",\"arguments\":\""
            + arguments
            + "\"}}]},{\"role\":\"tool\",\"tool_call_id\":\""
            + id
            + "\",\"content\":\"r\"}]}";
    return OpenAiLegacyRequests.decode(body.getBytes(StandardCharsets.UTF_8));
  }

  private Backend backend(Server server) throws Exception {
    return backend(server, upstream);
  }

  private static Backend backend(Server server, FixedUpstream upstream) throws Exception {
    return Backends.of(upstream, Map.of("models", "m", "profile", server.word()));
  }
}
