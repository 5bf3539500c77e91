package lip.backend.anthropic;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import lip.api.Meta;
import lip.api.message.Part;
import lip.api.message.Role;
import lip.sdk.fidelity.Deviation;
import org.jspecify.annotations.Nullable;

/**
 * Puts the results of calls where the provider takes them: one for each call, first in the turn of
 * the user behind it. What answers no call becomes text. Turns may be empty afterwards.
 */
final class Pairing {
  private static final String NO_RESULT = "No result of this call was recorded.";

  private final List<Turn> turns;
  private final Set<Deviation> changes;

  /**
   * @param turns neighbours of the same role are one
   * @param changes takes what was changed
   */
  Pairing(List<Turn> turns, Set<Deviation> changes) {
    this.turns = turns;
    this.changes = changes;
  }

  void run() {
    if (stand()) {
      return;
    }
    for (int i = 0; i < turns.size(); i++) {
      Turn turn = turns.get(i);
      if (calls(turn)) {
        Set<String> ids = new LinkedHashSet<>();
        for (Part part : turn.parts) {
          if (part instanceof Part.ToolCall call) {
            ids.add(call.id());
          }
        }
        answer(i, ids);
      }
    }
    orphans();
  }

  /** Whether all results stand where they should, in the order of their calls: mostly so. */
  private boolean stand() {
    Turn before = null;
    for (Turn turn : turns) {
      if (!answers(turn, before)) {
        return false;
      }
      before = turn;
    }
    return before == null || !calls(before);
  }

  /** Whether the model asks for tools in it. */
  private static boolean calls(Turn turn) {
    return turn.role.equals(Role.ASSISTANT) && turn.has(Part.ToolCall.class);
  }

  /** Whether the results of a turn are those of the calls before it and no others. */
  private static boolean answers(Turn turn, @Nullable Turn before) {
    int answered = 0;
    if (before != null && calls(before)) {
      if (!turn.role.equals(Role.USER)) {
        return false;
      }
      for (Part part : before.parts) {
        if (part instanceof Part.ToolCall call && !isAnswer(turn.parts, answered++, call.id())) {
          return false;
        }
      }
    }
    for (int i = answered; i < turn.parts.size(); i++) {
      if (turn.parts.get(i) instanceof Part.ToolResult) {
        return false;
      }
    }
    return true;
  }

  /** Whether the part at an index is the result of a call, and the first one of this id. */
  private static boolean isAnswer(List<Part> parts, int index, String id) {
    for (int i = 0; i <= index && i < parts.size(); i++) {
      boolean same = parts.get(i) instanceof Part.ToolResult result && result.callId().equals(id);
      if (same) {
        return i == index;
      }
    }
    return false;
  }

  /** Puts the results of a turn's calls first into the turn behind it. */
  private void answer(int index, Set<String> ids) {
    Map<String, Part> found = new LinkedHashMap<>();
    boolean late = false;
    for (int j = index + 1; j < turns.size(); j++) {
      Turn turn = turns.get(j);
      if (turn.role.equals(Role.ASSISTANT)) {
        break;
      }
      if (!turn.has(Part.ToolResult.class)) {
        continue;
      }
      boolean second = j > index + 1;
      List<Part> rest = new ArrayList<>();
      for (Part part : turn.parts) {
        if (!(part instanceof Part.ToolResult result) || !ids.contains(result.callId())) {
          rest.add(part);
        } else if (found.putIfAbsent(result.callId(), result) != null) {
          changes.add(Deviation.lost("tool_result", "a second result of one call"));
        } else {
          late |= second || !rest.isEmpty();
        }
      }
      turn.parts.clear();
      turn.parts.addAll(rest);
    }
    if (late) {
      mapped("tool_result", "right behind its call", "it stood elsewhere");
    }
    for (String id : ids) {
      if (!found.containsKey(id)) {
        mapped("tool_call", "a call with an error as result", "it had no result");
        found.put(
            id, new Part.ToolResult(id, null, List.of(Part.Text.of(NO_RESULT)), true, Meta.NONE));
      }
    }
    Turn next = index + 1 < turns.size() ? turns.get(index + 1) : null;
    if (next == null || !next.role.equals(Role.USER)) {
      next = new Turn(Role.USER, new ArrayList<>(), Meta.NONE);
      turns.add(index + 1, next);
    }
    next.answers.addAll(found.values());
  }

  /** Results that answer no call of the turn before become text. */
  private void orphans() {
    for (Turn turn : turns) {
      List<Part> parts = new ArrayList<>(turn.answers);
      for (Part part : turn.parts) {
        if (part instanceof Part.ToolResult result) {
          mapped("tool_result", "text", "its call is not there");
          parts.add(Part.Text.of("Result of a tool call (" + result.callId() + "):"));
          parts.addAll(result.content());
        } else {
          parts.add(part);
        }
      }
      turn.parts.clear();
      turn.parts.addAll(parts);
      turn.answers.clear();
    }
  }

  private void mapped(String field, String became, String reason) {
    changes.add(Deviation.mapped(field, became, reason));
  }
}
