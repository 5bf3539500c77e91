package lip.backend.stub;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import lip.api.Dialect;
import lip.api.call.Call;
import lip.api.event.Event;
import lip.api.event.FinishReason;
import lip.api.event.Usage;
import lip.api.failure.Failure;
import lip.api.failure.FailureClass;
import lip.api.message.Part;
import lip.api.tool.Tool;
import lip.api.tool.ToolChoice;
import lip.api.tool.ToolKind;
import lip.sdk.Instance;

/** The steps of one answer, in order. */
final class Script {
  /** One step. */
  sealed interface Step {
    record Emit(Event event) implements Step {}

    record Wait(Duration time) implements Step {}

    /** Nothing more until somebody closes the stream. */
    record Silence() implements Step {}

    record Fail(Failure failure) implements Step {}

    /** The end, without a final event unless one was emitted. */
    record End() implements Step {}
  }

  private final List<Step> steps = new ArrayList<>();
  private final Scenario scenario;
  private int deltas;
  private boolean cut;

  private Script(Scenario scenario) {
    this.scenario = scenario;
  }

  static List<Step> of(Scenario scenario, Call call, String model, String said, Instance instance) {
    Script script = new Script(scenario);
    script.emit(
        new Event.ResponseStarted(
            instance.ids().next("stub-"), model, instance.clock().instant().getEpochSecond()));
    if (!scenario.pace().first().isZero()) {
      script.steps.add(new Step.Wait(scenario.pace().first()));
    }
    script.emit(Event.MessageStarted.FIRST);
    script.content(call, instance);
    if (!script.cut) {
      script.end(said);
    }
    return List.copyOf(script.steps);
  }

  private void content(Call call, Instance instance) {
    String reasoning = scenario.said().reasoning();
    if (reasoning != null) {
      for (String piece : pieces(reasoning)) {
        pause();
        emit(new Event.ReasoningDelta(piece, false));
        deltas++;
      }
      emit(new Event.ReasoningDone(Part.Reasoning.of(new Dialect("local-stub"), reasoning)));
    }
    deltas = 0;
    if (scenario.tools().count() > 0) {
      toolCalls(call, instance);
      return;
    }
    String text = scenario.said().text();
    for (String piece : text == null ? List.<String>of() : pieces(text)) {
      if (cutBefore(deltas)) {
        return;
      }
      pause();
      emit(scenario.said().refusal() ? new Event.RefusalDelta(piece) : new Event.TextDelta(piece));
      deltas++;
    }
    cutBefore(deltas);
  }

  private void toolCalls(Call call, Instance instance) {
    List<String> ids = new ArrayList<>();
    Tool tool = tool(call);
    ToolKind kind = tool instanceof Tool.Custom ? ToolKind.CUSTOM : ToolKind.FUNCTION;
    String name = tool == null ? "lookup" : tool.name();
    if (scenario.tools().name() != null) {
      name = scenario.tools().name();
    }
    for (int i = 0; i < scenario.tools().count(); i++) {
      String id = instance.ids().next("call_");
      ids.add(id);
      emit(new Event.ToolCallStarted(id, kind, name, Map.of(), null));
    }
    // Pieces of parallel calls come in turn, as some providers send them.
    for (String piece : fixed(scenario.tools().arguments(), 4)) {
      for (String id : ids) {
        pause();
        emit(new Event.ToolArgumentsDelta(id, piece));
        deltas++;
      }
    }
    ids.forEach(id -> emit(new Event.ToolCallFinished(id)));
  }

  private static @org.jspecify.annotations.Nullable Tool tool(Call call) {
    if (call.toolChoice() instanceof ToolChoice.Named(_, String wanted)) {
      for (Tool tool : call.tools()) {
        if (tool.name().equals(wanted)) {
          return tool;
        }
      }
    }
    for (Tool tool : call.tools()) {
      if (tool instanceof Tool.Function || tool instanceof Tool.Custom) {
        return tool;
      }
    }
    return null;
  }

  private void end(String said) {
    Long input = scenario.inputTokens();
    Long output = scenario.outputTokens();
    emit(
        new Event.UsageReport(
            Usage.of(input == null ? words(said) : input, output == null ? deltas : output)));
    FinishReason reason = scenario.said().finish();
    if (reason == null) {
      reason =
          scenario.tools().count() > 0
              ? FinishReason.TOOL_CALLS
              : scenario.said().refusal() ? FinishReason.REFUSAL : FinishReason.STOP;
    }
    emit(Event.Finished.of(reason));
    steps.add(new Step.End());
  }

  /** Whether the answer is cut here. */
  private boolean cutBefore(int delta) {
    if (cut) {
      return true;
    }
    if (delta == scenario.trouble().errorAfter()) {
      steps.add(
          new Step.Fail(
              Failure.builder(
                      FailureClass.UPSTREAM,
                      "the stub was asked to fail after " + delta + " text deltas")
                  .build()));
    } else if (delta == scenario.trouble().truncateAfter()) {
      steps.add(new Step.End());
    } else if (delta == scenario.trouble().stallAfter()) {
      steps.add(new Step.Silence());
    } else {
      return false;
    }
    cut = true;
    return true;
  }

  private void pause() {
    if (deltas > 0 && !scenario.pace().between().isZero()) {
      steps.add(new Step.Wait(scenario.pace().between()));
    }
  }

  private void emit(Event event) {
    steps.add(new Step.Emit(event));
  }

  private List<String> pieces(String text) {
    return scenario.pace().chunkSize() == 0
        ? byWords(text)
        : fixed(text, scenario.pace().chunkSize());
  }

  /** Words with the blanks before them, so that joining them gives the text. */
  private static List<String> byWords(String text) {
    List<String> words = new ArrayList<>();
    int from = 0;
    for (int i = 1; i < text.length(); i++) {
      if (Character.isWhitespace(text.charAt(i)) && !Character.isWhitespace(text.charAt(i - 1))) {
        words.add(text.substring(from, i));
        from = i;
      }
    }
    if (from < text.length()) {
      words.add(text.substring(from));
    }
    return words;
  }

  /** Pieces of a size; a surrogate pair stays whole. */
  private static List<String> fixed(String text, int size) {
    List<String> pieces = new ArrayList<>();
    for (int from = 0; from < text.length(); ) {
      int to = Math.min(from + size, text.length());
      if (to < text.length() && Character.isLowSurrogate(text.charAt(to))) {
        to++;
      }
      pieces.add(text.substring(from, to));
      from = to;
    }
    return pieces;
  }

  private static long words(String text) {
    return text.isBlank() ? 0 : text.strip().split("\\s+", -1).length;
  }
}
