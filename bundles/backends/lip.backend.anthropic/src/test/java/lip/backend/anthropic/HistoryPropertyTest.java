package lip.backend.anthropic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import lip.api.message.Message;
import lip.api.message.Part;
import lip.api.message.Role;
import lip.testing.kit.Calls;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever dialogue comes, the provider gets one that it takes, and a good one is left alone. */
class HistoryPropertyTest {
  @Property(tries = 3_000)
  void theProviderTakesEachDialogue(@ForAll("dialogues") List<Message> dialogue) {
    History once = repaired(dialogue);
    legal(once.turns());
    History twice = repaired(once.turns());
    assertThat(twice.turns()).isEqualTo(once.turns());
    assertThat(twice.changes()).isEmpty();
  }

  @Property(tries = 1_000)
  void aGoodDialogueStaysAsItIs(@ForAll("goodDialogues") List<Message> dialogue) {
    History history = repaired(dialogue);
    assertThat(history.changes()).isEmpty();
    assertThat(history.turns()).isEqualTo(dialogue);
  }

  private static History repaired(List<Message> dialogue) {
    return History.of(Calls.builder(dialogue.toArray(Message[]::new)).build(), false);
  }

  private static void legal(List<Message> turns) {
    assertThat(turns.getFirst().role()).isEqualTo(Role.USER);
    Set<String> asked = Set.of();
    Role before = null;
    for (Message turn : turns) {
      assertThat(turn.parts()).isNotEmpty();
      assertThat(turn.role()).isNotEqualTo(before);
      List<String> answered = new ArrayList<>();
      Set<String> asks = new HashSet<>();
      boolean other = false;
      for (Part part : turn.parts()) {
        if (part instanceof Part.ToolResult result) {
          assertThat(other).as("a result behind something else").isFalse();
          answered.add(result.callId());
        } else {
          other = true;
        }
        if (part instanceof Part.ToolCall call) {
          asks.add(call.id());
        }
      }
      assertThat(answered).doesNotHaveDuplicates();
      assertThat(new HashSet<>(answered)).isEqualTo(asked);
      asked = asks;
      before = turn.role();
    }
    assertThat(asked).as("calls without an answer").isEmpty();
  }

  @Provide
  Arbitrary<List<Message>> dialogues() {
    Arbitrary<String> ids = Arbitraries.of("a", "b", "c");
    Arbitrary<Part> said = Arbitraries.of("text", "", " ").map(Part.Text::of);
    Arbitrary<Part> calls = ids.map(id -> Part.ToolCall.of(id, "tool", "{}"));
    Arbitrary<Part> results = ids.map(id -> Part.ToolResult.of(id, "result of " + id));
    Arbitrary<Message> assistant =
        Arbitraries.oneOf(said, calls, calls)
            .list()
            .ofMaxSize(3)
            .map(parts -> Message.of(Role.ASSISTANT, parts));
    Arbitrary<Message> user =
        Arbitraries.oneOf(said, results, results)
            .list()
            .ofMaxSize(3)
            .map(parts -> Message.of(Role.USER, parts));
    Arbitrary<Message> tool = results.list().ofSize(1).map(parts -> Message.of(Role.TOOL, parts));
    return Arbitraries.oneOf(assistant, user, tool).list().ofMinSize(1).ofMaxSize(8);
  }

  @Provide
  Arbitrary<List<Message>> goodDialogues() {
    return Arbitraries.integers()
        .between(0, 3)
        .list()
        .ofMinSize(1)
        .ofMaxSize(5)
        .map(HistoryPropertyTest::rounds);
  }

  /** A question, then rounds of so many calls and their results. */
  private static List<Message> rounds(List<Integer> counts) {
    List<Message> dialogue = new ArrayList<>();
    dialogue.add(Message.of(Role.USER, List.of(Part.Text.of("question"))));
    for (int round = 0; round < counts.size(); round++) {
      List<Part> calls = new ArrayList<>();
      List<Part> results = new ArrayList<>();
      calls.add(Part.Text.of("thought aloud"));
      for (int call = 0; call < counts.get(round); call++) {
        String id = "call_" + round + "_" + call;
        calls.add(Part.ToolCall.of(id, "tool", "{}"));
        results.add(Part.ToolResult.of(id, "result"));
      }
      results.add(Part.Text.of("and now?"));
      dialogue.add(Message.of(Role.ASSISTANT, calls));
      dialogue.add(Message.of(Role.USER, results));
    }
    return dialogue;
  }
}
