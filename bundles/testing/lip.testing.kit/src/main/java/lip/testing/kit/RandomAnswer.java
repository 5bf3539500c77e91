package lip.testing.kit;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import lip.api.Dialect;
import lip.api.Json;
import lip.api.Meta;
import lip.api.event.Event;
import lip.api.event.FinishReason;
import lip.api.event.Usage;
import lip.api.message.Part;

/**
 * A legal sequence of events and what it says. The same seed makes the same one.
 *
 * @param events from start to finish
 * @param text visible text
 * @param reasoning visible reasoning
 * @param calls tool calls in order
 */
public record RandomAnswer(List<Event> events, String text, String reasoning, List<Call> calls) {
  private static final String[] WORDS = {
    "a",
    " ",
    "\n",
    "\"",
    "\\",
    "é",
    "😀",
    "\u0000",
    "\u2028",
    "data: x\n\n",
    "{",
    "}",
    "\ud83d\ude00!"
  };

  /**
   * A tool call.
   *
   * @param id id
   * @param name name
   * @param arguments a JSON object
   */
  public record Call(String id, String name, String arguments) {}

  /** The answer of a seed. */
  public static RandomAnswer of(long seed) {
    return new Making(new Random(seed)).make();
  }

  private static final class Making {
    private final Random random;
    private final List<Event> events = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();
    private final StringBuilder reasoning = new StringBuilder();
    private final List<Call> calls = new ArrayList<>();
    private final StringBuilder open = new StringBuilder();

    private Making(Random random) {
      this.random = random;
    }

    private RandomAnswer make() {
      events.add(new Event.ResponseStarted("answer-1", "test-model", 1_767_225_600));
      events.add(Event.MessageStarted.FIRST);
      for (int i = random.nextInt(6); i >= 0; i--) {
        switch (random.nextInt(5)) {
          case 0, 1 -> said();
          case 2 -> thought();
          case 3 -> called(1 + random.nextInt(3));
          default -> events.add(new Event.UsageReport(Usage.of(random.nextInt(9), 1)));
        }
      }
      events.add(new Event.UsageReport(Usage.of(3, 7)));
      FinishReason reason =
          calls.isEmpty()
              ? (random.nextBoolean() ? FinishReason.STOP : FinishReason.LENGTH)
              : FinishReason.TOOL_CALLS;
      events.add(Event.Finished.of(reason));
      return new RandomAnswer(
          List.copyOf(events), text.toString(), reasoning.toString(), List.copyOf(calls));
    }

    private void said() {
      open.setLength(0);
      for (int i = random.nextInt(4); i >= 0; i--) {
        String piece = word();
        text.append(piece);
        events.add(new Event.TextDelta(piece));
      }
    }

    /** Reasoning is one piece until something else comes, or until it is said to be whole. */
    private void thought() {
      for (int i = random.nextInt(3); i >= 0; i--) {
        String piece = word();
        open.append(piece);
        reasoning.append(piece);
        events.add(new Event.ReasoningDelta(piece, false));
      }
      if (random.nextBoolean()) {
        events.add(
            new Event.ReasoningDone(
                new Part.Reasoning(
                    Dialect.ANTHROPIC, open.toString(), List.of(), "c2ln", null, null, Meta.NONE)));
        open.setLength(0);
      }
    }

    /** Calls at once: the pieces of their arguments come in any order of the calls. */
    private void called(int count) {
      open.setLength(0);
      List<List<String>> left = new ArrayList<>();
      int first = calls.size();
      for (int i = 0; i < count; i++) {
        String arguments =
            random.nextInt(4) == 0
                ? ""
                : "{\"k\":" + quoted(word()) + ",\"n\":[" + random.nextInt(9) + ",1.50]}";
        Call call = new Call("call_" + calls.size(), "tool" + random.nextInt(3), arguments);
        calls.add(new Call(call.id(), call.name(), arguments.isEmpty() ? "{}" : arguments));
        events.add(Event.ToolCallStarted.of(call.id(), call.name()));
        left.add(pieces(arguments));
      }
      while (left.stream().anyMatch(list -> !list.isEmpty())) {
        int i = random.nextInt(count);
        if (!left.get(i).isEmpty()) {
          events.add(
              new Event.ToolArgumentsDelta("call_" + (first + i), left.get(i).removeFirst()));
        }
      }
      for (int i = 0; i < count; i++) {
        events.add(new Event.ToolCallFinished("call_" + (first + i)));
      }
    }

    private List<String> pieces(String whole) {
      List<String> pieces = new ArrayList<>();
      int at = 0;
      while (at < whole.length()) {
        int end = Math.min(whole.length(), at + 1 + random.nextInt(6));
        if (end < whole.length() && Character.isHighSurrogate(whole.charAt(end - 1))) {
          end++;
        }
        pieces.add(whole.substring(at, end));
        at = end;
      }
      return pieces;
    }

    private String word() {
      StringBuilder word = new StringBuilder();
      for (int i = random.nextInt(4); i >= 0; i--) {
        word.append(WORDS[random.nextInt(WORDS.length)]);
      }
      return word.toString();
    }

    private static String quoted(String word) {
      StringBuilder json = new StringBuilder("\"");
      word.chars()
          .forEach(c -> {
            if (c < 0x20 || c == '"' || c == '\\') {
              json.append("\\u%04x".formatted(c));
            } else {
              json.append((char) c);
            }
          });
      return Json.of(json.append('"').toString()).text();
    }
  }
}
