package lip.backend.anthropic;

import java.util.ArrayList;
import java.util.List;
import lip.api.Meta;
import lip.api.message.Message;
import lip.api.message.Part;
import lip.api.message.Role;

/** A turn whose history is being repaired. */
final class Turn {
  final Role role;
  final List<Part> parts;
  final Meta meta;

  /** Results that answer the calls of the turn before; they come first. */
  final List<Part> answers = new ArrayList<>();

  Turn(Role role, List<Part> parts, Meta meta) {
    this.role = role;
    this.parts = parts;
    this.meta = meta;
  }

  boolean has(Class<? extends Part> sort) {
    for (Part part : parts) {
      if (sort.isInstance(part)) {
        return true;
      }
    }
    return false;
  }

  Message message() {
    return new Message(role, parts, null, meta);
  }
}
