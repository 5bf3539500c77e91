package lip.backend.openai.legacy;

import java.util.ArrayList;
import java.util.List;
import lip.api.Dialect;
import lip.api.call.Call;
import lip.api.message.Message;
import lip.api.message.Part;
import lip.api.message.Role;
import lip.backend.openai.legacy.profile.Profile;
import lip.sdk.fidelity.Fidelity;

/**
 * The turns of a call in the form that a server takes.
 *
 * @param messages instructions first
 * @param changed whether they are other ones than those of the call
 */
record Turns(List<Message> messages, boolean changed) {
  /** Shapes the turns; does nothing to those that the server takes as they are. */
  static Turns of(Call call, Profile profile, Fidelity fidelity) {
    List<Message> all = new ArrayList<>(call.instructions());
    all.addAll(call.messages());
    List<Message> shaped = roles(all, call, profile);
    if (!shaped.equals(all)) {
      fidelity.mapped("role=developer", "system", "the server knows no developer");
    }
    if (profile.systemFirst()) {
      List<Message> first = systemFirst(shaped);
      if (!first.equals(shaped)) {
        fidelity.mapped("role=system", "one first turn", "the server takes no other");
      }
      shaped = first;
    }
    if (profile.mergedTurns()) {
      shaped = merged(shaped);
    }
    return new Turns(shaped, !shaped.equals(all));
  }

  private static List<Message> roles(List<Message> turns, Call call, Profile profile) {
    boolean rename =
        switch (profile.developer()) {
          case DEVELOPER -> false;
          case SYSTEM -> true;
          case CLIENT -> !call.dialect().equals(Dialect.OPENAI_CHAT);
        };
    if (!rename) {
      return turns;
    }
    return turns.stream()
        .map(turn ->
            turn.role().equals(Role.DEVELOPER)
                ? new Message(Role.SYSTEM, turn.parts(), turn.name(), turn.meta())
                : turn)
        .toList();
  }

  private static boolean isSystem(Message turn) {
    return turn.role().equals(Role.SYSTEM) || turn.role().equals(Role.DEVELOPER);
  }

  private static List<Message> systemFirst(List<Message> turns) {
    List<Message> systems = turns.stream().filter(Turns::isSystem).toList();
    if (systems.isEmpty() || (systems.size() == 1 && isSystem(turns.getFirst()))) {
      return turns;
    }
    List<Message> shaped = new ArrayList<>();
    shaped.add(systems.stream().reduce(Turns::joined).orElseThrow());
    turns.stream().filter(turn -> !isSystem(turn)).forEach(shaped::add);
    return shaped;
  }

  private static List<Message> merged(List<Message> turns) {
    List<Message> shaped = new ArrayList<>();
    for (Message turn : turns) {
      Message last = shaped.isEmpty() ? null : shaped.getLast();
      if (last != null && joins(last, turn)) {
        shaped.set(shaped.size() - 1, joined(last, turn));
      } else {
        shaped.add(turn);
      }
    }
    return shaped;
  }

  /** Turns of tools have an id each, so they stay; a name would be lost. */
  private static boolean joins(Message first, Message second) {
    return first.role().equals(second.role())
        && !first.role().equals(Role.TOOL)
        && first.name() == null
        && second.name() == null
        && first.parts().stream().noneMatch(Turns::belongsToATool)
        && second.parts().stream().noneMatch(Part.ToolResult.class::isInstance);
  }

  private static boolean belongsToATool(Part part) {
    return part instanceof Part.ToolResult || part instanceof Part.ToolCall;
  }

  private static Message joined(Message first, Message second) {
    List<Part> parts = new ArrayList<>(first.parts());
    parts.addAll(second.parts());
    return new Message(first.role(), parts, first.name(), first.meta());
  }
}
