package lip.api.message;

import java.util.List;
import lip.api.InvalidCall;
import lip.api.Limits;
import lip.api.Meta;
import org.jspecify.annotations.Nullable;

/**
 * One turn. Parts may be empty: agents do send empty assistant turns, and backends that refuse them
 * repair the history.
 *
 * @param role who speaks
 * @param parts what is said, in order
 * @param name name of the participant; null = not given
 * @param meta unknown fields of the turn
 */
public record Message(Role role, List<Part> parts, @Nullable String name, Meta meta) {
  /** Checks and copies. */
  public Message {
    parts = List.copyOf(parts);
    InvalidCall.checkCount("parts", parts.size(), Limits.PARTS);
  }

  /** A turn without a name. */
  public static Message of(Role role, List<Part> parts) {
    return new Message(role, parts, null, Meta.NONE);
  }

  /** A turn of one text. */
  public static Message text(Role role, String text) {
    return of(role, List.of(Part.Text.of(text)));
  }

  /** The same turn with other parts. */
  public Message withParts(List<Part> changed) {
    return new Message(role, changed, name, meta);
  }
}
