package lip.backend.anthropic;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import lip.api.Dialect;
import lip.api.Meta;
import lip.api.call.Call;
import lip.api.message.Message;
import lip.api.message.Part;
import lip.api.message.Role;

/**
 * The dialogue as this provider takes it: user and assistant in turn, the user first, results first
 * in the turn after their calls, no blank text, no reasoning that is foreign, unsigned or the last
 * thing of a turn.
 *
 * @param instructions system texts ahead of the dialogue
 * @param turns the dialogue; roles user, assistant and, where the version allows it, system
 * @param changes what was changed; empty = the client's own dialogue would be taken as it is
 */
record History(List<Message> instructions, List<Message> turns, List<String> changes) {
  static final String NOTHING = "(empty)";

  private static final String NO_RESULT = "No result of this call was recorded.";

  /**
   * Repairs the history of a call.
   *
   * @param systemInPlace whether system turns may stand inside the dialogue
   */
  static History of(Call call, boolean systemInPlace) {
    return new Repair(systemInPlace).run(call);
  }

  private static final class Repair {
    private final boolean systemInPlace;
    private final Set<String> changes = new TreeSet<>();
    private final List<Message> instructions = new ArrayList<>();
    private final List<Turn> turns = new ArrayList<>();
    private final List<Part> folded = new ArrayList<>();

    private Repair(boolean systemInPlace) {
      this.systemInPlace = systemInPlace;
    }

    private History run(Call call) {
      for (Message message : call.instructions()) {
        instruct(message);
      }
      boolean sameDialect = call.dialect().equals(Dialect.ANTHROPIC);
      boolean begun = false;
      for (Message message : call.messages()) {
        if (RequestBody.isSystem(message) && !begun && !(sameDialect && systemInPlace)) {
          instruct(message);
          if (sameDialect) {
            changes.add("leading system turn became system");
          }
          continue;
        }
        begun = true;
        take(message);
      }
      foldRest();
      endWithSomething();
      pairResults();
      firstIsUser();
      List<Message> all = turns.stream().map(Turn::message).toList();
      return new History(List.copyOf(instructions), all, List.copyOf(changes));
    }

    private void instruct(Message message) {
      List<Part> parts = cleaned(message);
      if (!parts.isEmpty()) {
        instructions.add(message.withParts(parts));
      }
    }

    private void take(Message message) {
      List<Part> parts = cleaned(message);
      if (RequestBody.isSystem(message)) {
        if (systemInPlace) {
          if (!parts.isEmpty()) {
            add(Role.SYSTEM, parts, message.meta());
          }
        } else {
          changes.add("system turn inside the dialogue became text of the user");
          folded.addAll(parts);
        }
        return;
      }
      Role role = message.role().equals(Role.ASSISTANT) ? Role.ASSISTANT : Role.USER;
      if (role.equals(Role.USER) && !folded.isEmpty()) {
        List<Part> more = new ArrayList<>(parts);
        more.addAll(folded);
        folded.clear();
        parts = more;
      }
      if (parts.isEmpty()) {
        if (role.equals(Role.ASSISTANT)) {
          changes.add("empty turn of the assistant");
          return;
        }
        changes.add("empty turn of the user");
        parts = List.of(Part.Text.of(NOTHING));
      }
      add(role, parts, message.meta());
    }

    private void add(Role role, List<Part> parts, Meta meta) {
      if (!turns.isEmpty() && turns.getLast().role.equals(role)) {
        turns.getLast().parts.addAll(parts);
      } else {
        turns.add(new Turn(role, new ArrayList<>(parts), meta));
      }
    }

    private void foldRest() {
      if (!folded.isEmpty()) {
        add(Role.USER, List.copyOf(folded), Meta.NONE);
      }
    }

    private List<Part> cleaned(Message message) {
      List<Part> kept = new ArrayList<>();
      for (Part part : message.parts()) {
        switch (part) {
          case Part.Text text -> {
            if (text.text().isBlank()) {
              changes.add("blank text");
            } else {
              kept.add(text);
            }
          }
          case Part.Refusal refusal -> {
            if (!refusal.text().isBlank()) {
              kept.add(new Part.Text(refusal.text(), List.of(), null, refusal.meta()));
            }
          }
          case Part.Reasoning reasoning -> {
            if (ours(reasoning)) {
              kept.add(reasoning);
            } else {
              changes.add("reasoning of " + reasoning.dialect().id());
            }
          }
          case Part.ToolResult result -> kept.add(cleaned(result));
          case Part.ToolCall _, Part.Media _, Part.Opaque _, Part.Other _ -> kept.add(part);
        }
      }
      return kept;
    }

    private Part.ToolResult cleaned(Part.ToolResult result) {
      List<Part> kept = new ArrayList<>();
      for (Part part : result.content()) {
        if (part instanceof Part.Text text && text.text().isBlank()) {
          changes.add("blank text");
        } else {
          kept.add(part);
        }
      }
      return kept.size() == result.content().size()
          ? result
          : new Part.ToolResult(
              result.callId(), result.name(), kept, result.error(), result.meta());
    }

    /** Foreign and unsigned reasoning is refused. */
    private static boolean ours(Part.Reasoning reasoning) {
      String signature = reasoning.signature();
      boolean signed = signature != null && !signature.isEmpty();
      return reasoning.dialect().equals(Dialect.ANTHROPIC)
          && (signed || reasoning.opaque() != null);
    }

    /** A turn must not end with reasoning: nothing followed it, so it leads nowhere. */
    private void endWithSomething() {
      for (Turn turn : turns) {
        while (!turn.parts.isEmpty() && turn.parts.getLast() instanceof Part.Reasoning) {
          turn.parts.removeLast();
          changes.add("reasoning without anything behind it");
        }
      }
      merge();
    }

    private void merge() {
      List<Turn> old = List.copyOf(turns);
      turns.clear();
      for (Turn turn : old) {
        if (!turn.parts.isEmpty()) {
          add(turn.role, turn.parts, turn.meta);
        }
      }
    }

    private void pairResults() {
      for (int i = 0; i < turns.size(); i++) {
        Set<String> ids = new LinkedHashSet<>();
        if (turns.get(i).role.equals(Role.ASSISTANT)) {
          for (Part part : turns.get(i).parts) {
            if (part instanceof Part.ToolCall call) {
              ids.add(call.id());
            }
          }
        }
        if (!ids.isEmpty()) {
          answer(i, ids);
        }
      }
      orphans();
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
        boolean second = j > index + 1;
        List<Part> rest = new ArrayList<>();
        for (Part part : turn.parts) {
          if (!(part instanceof Part.ToolResult result) || !ids.contains(result.callId())) {
            rest.add(part);
          } else if (found.putIfAbsent(result.callId(), result) != null) {
            changes.add("second result of one call");
          } else {
            late |= second || !rest.isEmpty();
          }
        }
        turn.parts.clear();
        turn.parts.addAll(rest);
      }
      if (late) {
        changes.add("results moved behind their calls");
      }
      for (String id : ids) {
        if (!found.containsKey(id)) {
          changes.add("call without a result");
          found.put(
              id, new Part.ToolResult(id, null, List.of(Part.Text.of(NO_RESULT)), true, Meta.NONE));
        }
      }
      Turn next = index + 1 < turns.size() ? turns.get(index + 1) : null;
      if (next != null && next.role.equals(Role.USER)) {
        next.answers.addAll(found.values());
      } else {
        Turn made = new Turn(Role.USER, new ArrayList<>(), Meta.NONE);
        made.answers.addAll(found.values());
        turns.add(index + 1, made);
      }
    }

    /** Results that answer no call of the turn before become text. */
    private void orphans() {
      for (Turn turn : turns) {
        List<Part> parts = new ArrayList<>(turn.answers);
        for (Part part : turn.parts) {
          if (part instanceof Part.ToolResult result) {
            changes.add("result without its call became text");
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
      merge();
    }

    private void firstIsUser() {
      if (turns.isEmpty() || turns.getFirst().role.equals(Role.ASSISTANT)) {
        changes.add("the dialogue did not begin with the user");
        turns.addFirst(
            new Turn(Role.USER, new ArrayList<>(List.of(Part.Text.of(NOTHING))), Meta.NONE));
      }
    }
  }

  /** A turn on its way. */
  private static final class Turn {
    private final Role role;
    private final List<Part> parts;
    private final Meta meta;
    private final List<Part> answers = new ArrayList<>();

    private Turn(Role role, List<Part> parts, Meta meta) {
      this.role = role;
      this.parts = parts;
      this.meta = meta;
    }

    private Message message() {
      return new Message(role, parts, null, meta);
    }
  }
}
