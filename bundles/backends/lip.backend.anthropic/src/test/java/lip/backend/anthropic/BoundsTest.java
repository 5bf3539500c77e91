package lip.backend.anthropic;

import static lip.backend.anthropic.MessageStreamTest.END;
import static lip.backend.anthropic.MessageStreamTest.START;
import static lip.backend.anthropic.MessageStreamTest.delta;
import static lip.backend.anthropic.MessageStreamTest.record;
import static lip.backend.anthropic.MessageStreamTest.start;
import static lip.backend.anthropic.MessageStreamTest.stop;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
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
  private static final String TEXT = "{\"type\":\"text\",\"text\":\"a\"}";

  @Test
  void anAnswerHasSoManyBlocks() throws Exception {
    String most = START + many(Limits.PARTS, i -> start(i, TEXT) + stop(i));
    assertThat(texts(most + END)).isEqualTo(Limits.PARTS);
    isNotUsable(most + start(5000, TEXT), "content: has more than 2048 blocks");
    isNotUsable(
        START + many(Limits.PARTS + 1, i -> start(i, TEXT)), "content: has more than 2048 blocks");
  }

  @Test
  void theSameCountsForAWholeAnswer() throws Exception {
    assertThat(texts(whole(many(Limits.PARTS - 1, _ -> TEXT + ",") + TEXT)))
        .isEqualTo(Limits.PARTS);
    assertThat(failure(whole(many(Limits.PARTS, _ -> TEXT + ",") + TEXT)).message())
        .contains("not usable", "content: has more than 2048 blocks");
  }

  @Test
  void aListInARecordIsBounded() throws Exception {
    isNotUsable(
        START + start(0, cited(JsonReader.MOST + 1)), "comes after 100000 elements and members");
    String cited = cited(60_000);
    assertThat(failure(whole(cited + "," + cited + "," + cited)).message())
        .contains("not usable", "content: comes after 100000 other events");
  }

  @Test
  void blocksThatDoNotEndAreBoundedTogether() throws Exception {
    String large = "x".repeat(6 * 1024 * 1024);
    String thought = "{\"type\":\"thinking\",\"thinking\":\"\",\"signature\":\"\"}";
    IntFunction<String> open =
        i ->
            start(i, thought)
                + delta(i, "{\"type\":\"thinking_delta\",\"thinking\":\"" + large + "\"}");
    assertThat(answer(START + many(6, i -> open.apply(i) + stop(i)) + END)).isNotEmpty();
    isNotUsable(START + many(6, open), "content: the blocks that did not end");
    isNotUsable(
        START + many(6, i -> start(i, "{\"type\":\"new\",\"x\":\"" + large + "\"}")),
        "content: the blocks that did not end");
  }

  /** Bytes, not characters: so the canonical model counts. */
  @Test
  void aThoughtIsBounded() throws Exception {
    String piece = "é".repeat(Limits.JSON / 8);
    isNotUsable(
        START
            + start(0, "{\"type\":\"thinking\",\"thinking\":\"\"}")
            + many(
                5, _ -> delta(0, "{\"type\":\"thinking_delta\",\"thinking\":\"" + piece + "\"}")),
        "the block is too long");
  }

  @Test
  void whatACallBeginsWithIsBounded() throws Exception {
    String call = "{\"type\":\"tool_use\",\"id\":\"%s\",\"name\":\"%s\",\"caller\":\"%s\"}";
    String large = "x".repeat(9000);
    isNotUsable(START + start(0, call.formatted(large, "f", "")), "the id of a tool_use");
    isNotUsable(START + start(0, call.formatted("c", large, "")), "the name of a tool_use");
    isNotUsable(START + start(0, call.formatted("c", "f", large)), "the rest of a tool_use");
  }

  @Test
  void aBlockHasSoManyMembers() throws Exception {
    String members = many(300, i -> ",\"m" + i + "\":1");
    isNotUsable(
        START + start(0, "{\"type\":\"new\"" + members + "}"),
        "content_block: has more than 256 members");
    isNotUsable(
        START
            + start(0, "{\"type\":\"new\"}")
            + many(300, i -> delta(0, "{\"type\":\"new_delta\",\"m" + i + "\":1}")),
        "the block is too long");
  }

  @Test
  void newFieldsDoNotComeForEver() throws Exception {
    isNotUsable(
        START + many(300, i -> record("message_delta", "\"delta\":{},\"m" + i + "\":1")),
        "more than 256 other fields");
    isNotUsable(
        START
            + many(300, i -> record("message_delta", "\"delta\":{},\"usage\":{\"m" + i + "\":1}")),
        "usage: has more than 256 members");
    isNotUsable(
        START
            + record(
                "message_delta", "\"delta\":{},\"usage\":{\"m\":\"" + "x".repeat(70_000) + "\"}"),
        "usage: has more than 65536 bytes");
  }

  private static String cited(int citations) {
    return "{\"type\":\"text\",\"text\":\"a\",\"citations\":["
        + "{},".repeat(citations - 1)
        + "{}]}";
  }

  private static String whole(String content) {
    return "{\"type\":\"message\",\"content\":[" + content + "],\"stop_reason\":\"end_turn\"}";
  }

  private static String many(int count, IntFunction<String> piece) {
    return IntStream.range(0, count).mapToObj(piece).collect(Collectors.joining());
  }

  private static List<Event> answer(String wire) throws Exception {
    FixedUpstream upstream =
        wire.startsWith("{") ? FixedUpstream.status(200, wire) : FixedUpstream.stream(wire);
    return Backends.answer(upstream, Calls.text("x"));
  }

  private static long texts(String wire) throws Exception {
    return answer(wire).stream().filter(Event.TextDelta.class::isInstance).count();
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
