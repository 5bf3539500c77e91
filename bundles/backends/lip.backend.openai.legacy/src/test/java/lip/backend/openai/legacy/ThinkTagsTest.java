package lip.backend.openai.legacy;

import static lip.testing.kit.EventsAssert.assertThatEvents;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import lip.api.event.Event;
import lip.api.event.EventStream;
import lip.api.event.FinishReason;
import lip.api.failure.UpstreamFailure;
import lip.backend.openai.legacy.profile.Server;
import lip.frontend.openai.legacy.OpenAiLegacyRequests;
import lip.sdk.backend.Backend;
import lip.testing.conformance.backend.TestAttempt;
import lip.testing.kit.Calls;
import lip.testing.kit.Events;
import lip.testing.kit.FixedUpstream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Thoughts that servers put into the text of an answer. */
class ThinkTagsTest {
  /** What servers without a parser for the model send, token by token. */
  private static final List<String> QWEN =
      List.of("<think>", "\n", "Okay", ", the user", " <b", ">", "\n", "</think>", "\n\n", "Hi");

  private static final String CALL =
      "{\"tool_calls\":[{\"index\":0,\"id\":\"c\",\"type\":\"function\",\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}]}";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "think|<think>a</think>b|a|b",
        "think|<think>¶Let me¶¶see.¶</think>¶¶Hello ¶|Let me¶¶see.¶|Hello ¶",
        "think| ¶<think>a</think>|a|",
        "think|<think></think>b||b",
        "think|<think>¶¶</think>¶¶b||b",
        "think|<think>never closed|never closed|",
        "think|<think>¶||",
        "think|<think>a </thin</think>b|a </thin|b",
        "think|<think>a </think|a </think|",
        "think|<think>a<think>b</think>c</think>d|a<think>b|c</think>d",
        "think|b||b",
        "think| ¶b|| ¶b",
        "think| ¶|| ¶",
        "think|<thin||<thin",
        "think|<thinking>a</thinking>||<thinking>a</thinking>",
        "think|<THINK>a</THINK>||<THINK>a</THINK>",
        "think|b <think>a</think>||b <think>a</think>",
        "think|```¶<think>a</think>```||```¶<think>a</think>```",
        "think|a</think>b||a</think>b",
        "opened|a</think>b|a|b",
        "opened|¶a¶</think>¶¶b|a¶|b",
        "opened|<think>a</think>b|a|b",
        "opened|a|a|",
        "opened|<thin|<thin|",
        "opened|</think>b||b",
        "none|<think>a</think>b||<think>a</think>b"
      },
      ignoreLeadingAndTrailingWhitespace = false)
  void textsInWholeAndCutEverywhere(String tags, String said, String thought, String text)
      throws Exception {
    String answer = lines(said);
    String expected = lines(text);
    for (int cut = 0; cut <= answer.length(); cut++) {
      for (int second : List.of(cut, Math.min(cut + 1, answer.length()), answer.length())) {
        List<String> pieces =
            List.of(
                answer.substring(0, cut), answer.substring(cut, second), answer.substring(second));
        List<Event> events = answer(tags, streamed(pieces));
        assertThatEvents(events).areComplete().finishWith(FinishReason.STOP);
        assertThatEvents(events).haveReasoning(lines(thought)).haveText(expected);
      }
    }
    List<Event> whole = answer(tags, whole(answer));
    assertThatEvents(whole).areComplete();
    assertThatEvents(whole).haveReasoning(lines(thought)).haveText(expected);
  }

  @Property(tries = 200)
  void theSameHoweverTextAndBytesAreCut(
      @ForAll @Size(max = 12) List<@IntRange(min = 1, max = 9) Integer> lengths,
      @ForAll @IntRange(min = 1, max = 40) int bytes)
      throws Exception {
    String answer = "\n<think>\nHm é 😀 </ thin </thi\n</think>\n\n<think>So</think>\n";
    List<String> pieces = new ArrayList<>();
    int at = 0;
    for (int length : lengths) {
      int end = Math.min(at + length, answer.length());
      end -= end < answer.length() && Character.isLowSurrogate(answer.charAt(end)) ? 1 : 0;
      pieces.add(answer.substring(at, Math.max(at, end)));
      at = Math.max(at, end);
    }
    pieces.add(answer.substring(at));
    List<Event> events = answer("think", streamed(pieces).pieces(bytes));
    assertThatEvents(events)
        .areComplete()
        .haveReasoning("Hm é 😀 </ thin </thi\n")
        .haveText("<think>So</think>\n");
  }

  @Test
  void thoughtsLeaveAsTheyCome() throws Exception {
    List<String> words = new ArrayList<>();
    for (Event event : answer("think", streamed(QWEN))) {
      switch (event) {
        case Event.ReasoningDelta(String text, _) -> words.add("thought " + text);
        case Event.TextDelta(String text) -> words.add("said " + text);
        default -> {}
      }
    }
    assertThat(words)
        .containsExactly(
            "thought Okay",
            "thought , the user",
            "thought  <b",
            "thought >",
            "thought \n",
            "said Hi");
  }

  @ParameterizedTest
  @EnumSource(names = {"OLLAMA", "VLLM", "LLAMA_CPP", "LM_STUDIO"})
  void theServersThatDoSoAreKnown(Server server) throws Exception {
    TestAttempt attempt = new TestAttempt("m", Calls.text("x"));
    assertThatEvents(Events.drain(backend(streamed(QWEN), server, List.of()).open(attempt)))
        .haveReasoning("Okay, the user <b>\n")
        .haveText("Hi");
    assertThat(attempt.reported())
        .extracting(d -> d.way() + " " + d.field() + " " + d.became())
        .containsExactly("ANSWER text.think reasoning");
  }

  @ParameterizedTest
  @EnumSource(names = {"COMPATIBLE", "OPENAI", "OPENROUTER", "DEEPSEEK"})
  void othersAreTakenByTheirWord(Server server) throws Exception {
    TestAttempt attempt = new TestAttempt("m", Calls.text("x"));
    assertThatEvents(Events.drain(backend(streamed(QWEN), server, List.of()).open(attempt)))
        .haveReasoning("")
        .haveText(String.join("", QWEN));
    assertThat(attempt.reported()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"<think>a", "<think>a</think>", "<think>a</think>\n\n"})
  void callsEndTheThoughts(String said) throws Exception {
    String wire = chunk(content(said)) + chunk(CALL) + chunk(content("</think>b")) + END;
    assertThatEvents(answer("think", FixedUpstream.stream(wire)))
        .areComplete()
        .haveReasoning("a")
        .haveToolCall("c", "f", "{}")
        .haveText("</think>b")
        .finishWith(FinishReason.TOOL_CALLS);
  }

  @Test
  void aServerThatTellsThoughtsApartItselfIsLeftAlone() throws Exception {
    String wire = chunk("{\"reasoning_content\":\"a\"}") + chunk(content("<think>b</think>")) + END;
    for (String tags : List.of("think", "opened")) {
      assertThatEvents(answer(tags, FixedUpstream.stream(wire)))
          .areComplete()
          .haveReasoning("a")
          .haveText("<think>b</think>");
    }
  }

  @Test
  void probabilitiesDoNotEndTheSearch() throws Exception {
    StringBuilder wire = new StringBuilder();
    for (String piece : QWEN) {
      wire.append(chunk(content(piece)).replace("},\"fin", "},\"logprobs\":{},\"fin"));
    }
    assertThatEvents(answer("think", FixedUpstream.stream(wire + END)))
        .areComplete()
        .haveReasoning("Okay, the user <b>\n")
        .haveText("Hi");
  }

  @ParameterizedTest
  @ValueSource(strings = {"<thin", "<think>a</thin", "<think>a</think>\n", "\n"})
  void whatIsHeldBackComesBeforeTheFailure(String said) throws Exception {
    String wire = chunk(content(said)) + "data: {\"error\":{\"message\":\"no\"}}\n\n";
    List<String> texts = new ArrayList<>();
    try (EventStream stream =
        backend(FixedUpstream.stream(wire), Server.VLLM, List.of())
            .open(new TestAttempt("m", Calls.text("x")))) {
      assertThatThrownBy(
              () -> {
                for (Event event; (event = stream.next()) != null; ) {
                  if (event instanceof Event.TextDelta(String text)) {
                    texts.add(text);
                  } else if (event instanceof Event.ReasoningDelta(String text, _)) {
                    texts.add(text);
                  }
                }
              })
          .isInstanceOf(UpstreamFailure.class);
    }
    assertThat(String.join("", texts))
        .isEqualTo(said.replace("<think>", "").replace("</think>\n", ""));
  }

  /** White space without an end is no reason to hold an answer back for ever. */
  @Test
  void blanksAreHeldForAWhileOnly() throws Exception {
    List<String> pieces = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      pieces.add("    ");
    }
    pieces.add("<think>a</think>");
    assertThatEvents(answer("think", streamed(pieces)))
        .haveReasoning("")
        .haveText(String.join("", pieces));
  }

  @ParameterizedTest
  @CsvSource({"VLLM,reasoning", "LLAMA_CPP,reasoning_content"})
  void comeBackWhereTheProfileSays(Server server, String member) throws Exception {
    FixedUpstream upstream = streamed(QWEN);
    String body =
        "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"},{\"role\":\"assistant\",\"content\":\"Hi\",\"reasoning_content\":\"Okay\"},{\"role\":\"user\",\"content\":\"y\"}]}";
    backend(upstream, server, List.of())
        .open(
            new TestAttempt(
                "m", OpenAiLegacyRequests.decode(body.getBytes(StandardCharsets.UTF_8))))
        .close();
    assertThat(upstream.lastBody()).contains("\"" + member + "\":\"Okay\"").contains("\"Hi\"");
  }

  private static final String END = chunk("{}").replace("null", "\"stop\"") + "data: [DONE]\n\n";

  private static List<Event> answer(String tags, FixedUpstream upstream) throws Exception {
    return Events.drain(
        backend(upstream, Server.COMPATIBLE, List.of("reasoning.tags=" + tags))
            .open(new TestAttempt("m", Calls.text("x"))));
  }

  private static Backend backend(FixedUpstream upstream, Server server, List<String> changes)
      throws Exception {
    Map<String, String> settings = new HashMap<>(Map.of("models", "m", "profile", server.word()));
    if (!changes.isEmpty()) {
      settings.put("profile.changes", String.join(",", changes));
    }
    return Backends.of(upstream, settings);
  }

  private static FixedUpstream streamed(List<String> pieces) {
    StringBuilder wire = new StringBuilder();
    pieces.forEach(piece -> wire.append(chunk(content(piece))));
    return FixedUpstream.stream(wire + END);
  }

  private static FixedUpstream whole(String text) {
    return FixedUpstream.status(
        200,
        "{\"id\":\"x\",\"choices\":[{\"index\":0,\"message\":"
            + content(text)
            + ",\"finish_reason\":\"stop\"}]}",
        "Content-Type",
        "application/json");
  }

  private static String content(String text) {
    return "{\"content\":\"" + text.replace("\n", "\\n") + "\"}";
  }

  private static String chunk(String delta) {
    return "data: {\"id\":\"x\",\"choices\":[{\"index\":0,\"delta\":"
        + delta
        + ",\"finish_reason\":null}]}\n\n";
  }

  private static String lines(String text) {
    return text == null ? "" : text.replace('¶', '\n');
  }
}
