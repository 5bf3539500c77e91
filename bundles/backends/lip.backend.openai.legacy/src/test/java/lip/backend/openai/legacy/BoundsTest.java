package lip.backend.openai.legacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import lip.api.Dialect;
import lip.api.Json;
import lip.api.Limits;
import lip.api.event.Event;
import lip.api.failure.Failure;
import lip.api.failure.FailureClass;
import lip.api.failure.UpstreamFailure;
import lip.support.json.JsonReader;
import lip.testing.kit.Calls;
import lip.testing.kit.FixedUpstream;
import org.junit.jupiter.api.Test;

/** What a provider can make grow with few bytes, or for ever. */
class BoundsTest {
  private static final String STOP = choice("\"delta\":{},\"finish_reason\":\"stop\"");

  @Test
  void anAnswerHasSoManyToolCalls() throws Exception {
    assertThat(count(record(calls(Limits.PARTS)) + STOP, Event.ToolCallStarted.class))
        .isEqualTo(Limits.PARTS);
    isNotUsable(record(calls(Limits.PARTS + 1)), "tool_calls: has more than 2048 calls");
    isNotUsable(
        IntStream.rangeClosed(0, Limits.PARTS)
            .mapToObj(i -> record("\"tool_calls\":[" + call(i) + "]"))
            .collect(Collectors.joining()),
        "tool_calls: has more than 2048 calls");
  }

  @Test
  void theSameCountsForAWholeAnswer() throws Exception {
    String whole = "{\"choices\":[{\"message\":{%s},\"finish_reason\":\"stop\"}]}";
    assertThat(count(whole.formatted(calls(Limits.PARTS)), Event.ToolCallStarted.class))
        .isEqualTo(Limits.PARTS);
    assertThat(failure(whole.formatted(calls(Limits.PARTS + 1))).message())
        .contains("not usable", "tool_calls: has more than 2048 calls");
  }

  /** They come back in requests, where they have these bounds. */
  @Test
  void namesAndIdsOfCallsAreBounded() throws Exception {
    String piece = "\"tool_calls\":[{\"index\":0,\"function\":{\"name\":\"%s\"}}]";
    String name =
        IntStream.range(0, 9)
            .mapToObj(i -> record(piece.formatted(i + "x".repeat(999))))
            .collect(Collectors.joining());
    isNotUsable(name, "the name is longer than 8192 bytes");
    isNotUsable(
        record("\"tool_calls\":[{\"index\":0,\"id\":\"" + "x".repeat(8193) + "\"}]"),
        "the id is longer than 8192 bytes");
    String signed =
        IntStream.range(0, 9)
            .mapToObj(i ->
                record(
                    "\"tool_calls\":[{\"index\":"
                        + i
                        + ",\"extra_content\":{\"google\":{\"thought_signature\":\""
                        + "x".repeat(1_000_000)
                        + "\"}}}]"))
            .collect(Collectors.joining());
    isNotUsable(signed, "the signatures are longer");
  }

  @Test
  void aListInARecordIsBounded() throws Exception {
    for (String member : List.of("annotations", "content", "reasoning_details", "tool_calls")) {
      isNotUsable(
          record("\"" + member + "\":[" + "{},".repeat(JsonReader.MOST) + "{}]"),
          "comes after 100000 elements and members");
    }
    isNotUsable(
        "data: {\"choices\":[" + "{},".repeat(JsonReader.MOST) + "{}]}\n\n",
        "comes after 100000 elements and members");
  }

  @Test
  void manyListsInOneRecordAreBoundedTogether() throws Exception {
    String piece = "{\"delta\":{\"annotations\":[" + "{},".repeat(60_000) + "{}]}}";
    isNotUsable(
        "data: {\"choices\":[" + piece + "," + piece + "," + piece + "]}\n\n",
        "comes after 100000 other events");
  }

  @Test
  void newFieldsDoNotComeForEver() throws Exception {
    isNotUsable(many(i -> "data: {\"x" + i + "\":1,\"choices\":[]}\n\n"), "other fields");
    isNotUsable(many(i -> choice("\"delta\":{},\"x" + i + "\":1")), "other fields");
    String large = "x".repeat(Limits.EXTENSION_VALUE / 4);
    IntFunction<String> field = i -> "data: {\"id\":\"x\",\"x" + i + "\":\"" + large + "\"}\n\n";
    isNotUsable(
        IntStream.range(0, 4).mapToObj(field).collect(Collectors.joining()),
        "bytes of other fields");
  }

  /** Before the answer begins they wait: only the last values count. */
  @Test
  void aFieldThatChangesBeforeTheAnswerBeginsIsKeptOnce() throws Exception {
    List<Event> events = answer(many(i -> "data: {\"x\":" + i + "}\n\n") + STOP);
    assertThat(events.stream().filter(Event.Extension.class::isInstance))
        .containsExactly(new Event.Extension(Dialect.OPENAI_CHAT, "x", Json.of("999")));
  }

  @Test
  void reasoningIsKeptForItsDetailsWithinBounds() throws Exception {
    isNotUsable(
        many(i ->
            record(
                "\"reasoning_details\":[{\"index\":"
                    + i
                    + ",\"a\":1,\"b"
                    + i
                    + "\":"
                    + IntStream.range(0, 20)
                        .mapToObj(j -> "1,\"m" + j + "\":")
                        .collect(Collectors.joining())
                    + "1}]")),
        "reasoning_details: has more than 16384 members");
    String thought = record("\"reasoning\":\"" + "é".repeat(Limits.TEXT / 8) + "\"");
    isNotUsable(
        record("\"reasoning_details\":[{\"type\":\"reasoning.text\",\"signature\":\"s\"}]")
            + thought.repeat(5),
        "reasoning: has more than 8388608 bytes");
  }

  private static String many(IntFunction<String> record) {
    return IntStream.range(0, 1000).mapToObj(record).collect(Collectors.joining());
  }

  private static String calls(int count) {
    return "\"tool_calls\":["
        + IntStream.range(0, count).mapToObj(BoundsTest::call).collect(Collectors.joining(","))
        + "]";
  }

  private static String call(int index) {
    return "{\"index\":" + index + ",\"id\":\"c" + index + "\",\"function\":{\"name\":\"f\"}}";
  }

  private static String record(String delta) {
    return choice("\"delta\":{" + delta + "}");
  }

  private static String choice(String members) {
    return "data: {\"id\":\"x\",\"model\":\"m\",\"choices\":[{\"index\":0," + members + "}]}\n\n";
  }

  private static List<Event> answer(String wire) throws Exception {
    FixedUpstream upstream =
        wire.startsWith("{") ? FixedUpstream.status(200, wire) : FixedUpstream.stream(wire);
    return Backends.answer(upstream, Calls.text("x"));
  }

  private static long count(String wire, Class<? extends Event> type) throws Exception {
    return answer(wire).stream().filter(type::isInstance).count();
  }

  private static void isNotUsable(String wire, String why) {
    Failure failure = failure(wire);
    assertThat(failure.kind()).isEqualTo(FailureClass.UPSTREAM);
    assertThat(failure.message())
        .startsWith("the provider sent an event that is not usable: ")
        .contains(why);
  }

  private static Failure failure(String wire) {
    return catchThrowableOfType(UpstreamFailure.class, () -> answer(wire)).failure();
  }
}
