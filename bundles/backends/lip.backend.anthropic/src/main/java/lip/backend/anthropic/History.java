package lip.backend.anthropic;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import lip.api.Dialect;
import lip.api.Meta;
import lip.api.call.Call;
import lip.api.message.Message;
import lip.api.message.Part;
import lip.api.message.Role;
import lip.sdk.fidelity.Deviation;

/**
 * The dialogue as this provider takes it: user and assistant in turn, the user first, results first
 * in the turn after their calls, no blank text, no reasoning that is foreign, unsigned or the last
 * thing of a turn.
 *
 * @param instructions system texts ahead of the dialogue
 * @param turns the dialogue; roles user, assistant and, where the version allows it, system
 * @param changes what was changed; empty = the client's own dialogue would be taken as it is
 */
record History(List<Message> instructions, List<Message> turns, List<Deviation> changes) {
  static final String NOTHING = "(empty)";

  private static final String BLANK = "blank text is refused";

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
    private final Set<Deviation> changes = new LinkedHashSet<>();
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
            mapped("message.role=system", "system", "a leading system turn");
          }
          continue;
        }
        begun = true;
        take(message);
      }
      foldRest();
      endWithSomething();
      new Pairing(turns, changes).run();
      merge();
      firstIsUser();
      List<Message> all = turns.stream().map(Turn::message).toList();
      return new History(List.copyOf(instructions), all, List.copyOf(changes));
    }

    private void lost(String field, String reason) {
      changes.add(Deviation.lost(field, reason));
    }

    private void mapped(String field, String became, String reason) {
      changes.add(Deviation.mapped(field, became, reason));
    }

    private void instruct(Message message) {
      if (message.role().equals(Role.DEVELOPER)) {
        mapped("message.role=developer", "system", "there is no such role here");
      }
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
          mapped(
              "message.role=" + message.role().id(),
              "text of the user",
              "the dialogue has no system turns in this version");
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
          lost("message", "an empty turn of the assistant");
          return;
        }
        mapped("message", NOTHING, "an empty turn of the user");
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
      if (message.name() != null) {
        lost("message.name", "turns have no names here");
      }
      if (Takeable.all(message.parts())) {
        return message.parts();
      }
      List<Part> kept = new ArrayList<>();
      for (Part part : message.parts()) {
        switch (part) {
          case Part.Text text -> {
            if (text.string().isBlank()) {
              lost("text", BLANK);
            } else {
              kept.add(text);
            }
          }
          case Part.Refusal refusal -> {
            if (refusal.text().isBlank()) {
              lost("refusal", BLANK);
            } else {
              mapped("refusal", "text", "the history has no refusals here");
              kept.add(new Part.Text(refusal.text(), List.of(), null, refusal.meta()));
            }
          }
          case Part.Reasoning reasoning -> {
            if (Takeable.reasoning(reasoning)) {
              kept.add(reasoning);
            } else {
              lost("reasoning", "that of " + reasoning.dialect().id() + " is refused here");
            }
          }
          case Part.ToolResult result -> kept.add(cleaned(result));
          case Part.ToolCall _, Part.Media _, Part.Opaque _, Part.Other _ -> kept.add(part);
        }
      }
      return kept;
    }

    private Part.ToolResult cleaned(Part.ToolResult result) {
      if (Takeable.content(result)) {
        return result;
      }
      List<Part> kept = new ArrayList<>();
      for (Part part : result.content()) {
        if (part instanceof Part.Text text && text.string().isBlank()) {
          lost("text", BLANK);
        } else {
          kept.add(part);
        }
      }
      return new Part.ToolResult(
          result.callId(), result.name(), kept, result.error(), result.meta());
    }

    /** A turn must not end with reasoning: nothing followed it, so it leads nowhere. */
    private void endWithSomething() {
      for (Turn turn : turns) {
        while (!turn.parts.isEmpty() && turn.parts.getLast() instanceof Part.Reasoning) {
          turn.parts.removeLast();
          lost("reasoning", "nothing follows it");
        }
      }
      merge();
    }

    private void merge() {
      if (!mergeable()) {
        return;
      }
      List<Turn> old = List.copyOf(turns);
      turns.clear();
      for (Turn turn : old) {
        if (!turn.parts.isEmpty()) {
          add(turn.role, turn.parts, turn.meta);
        }
      }
    }

    private boolean mergeable() {
      Role before = null;
      for (Turn turn : turns) {
        if (turn.parts.isEmpty() || turn.role.equals(before)) {
          return true;
        }
        before = turn.role;
      }
      return false;
    }

    private void firstIsUser() {
      if (turns.isEmpty() || turns.getFirst().role.equals(Role.ASSISTANT)) {
        mapped("messages", "a turn of the user before them", "the user must begin");
        turns.addFirst(
            new Turn(Role.USER, new ArrayList<>(List.of(Part.Text.of(NOTHING))), Meta.NONE));
      }
    }
  }
}
