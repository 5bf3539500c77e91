package lip.frontend.openai.legacy;

import java.util.LinkedHashMap;
import java.util.Map;
import lip.api.Json;
import lip.api.event.Event;
import lip.support.frontend.AnswerIdentity;
import lip.support.json.JsonBuffer;
import org.jspecify.annotations.Nullable;

/** The members that all chunks of a stream, or a whole answer, begin with. */
final class AnswerHead {
  private static final String PREFIX = "chatcmpl-";

  private final AnswerIdentity identity;
  private final long created;
  private final Map<String, Json> lasting = new LinkedHashMap<>();

  /**
   * @param ownId id of ours, for providers that give none of this protocol's form
   * @param wantedModel model as the client wrote it; null = it did not
   * @param created seconds since 1970
   */
  AnswerHead(String ownId, @Nullable String wantedModel, long created) {
    identity = new AnswerIdentity(PREFIX, ownId, wantedModel);
    this.created = created;
  }

  void started(Event.ResponseStarted started) {
    identity.started(started);
  }

  /** Takes a field of the provider that stands in every chunk; false = it is another one. */
  boolean lasting(String name, Json value) {
    return switch (name) {
      case "system_fingerprint", "service_tier", "provider" -> {
        lasting.put(name, value);
        yield true;
      }
      default -> false;
    };
  }

  /** Writes the beginning of a chunk record. */
  void open(JsonBuffer out) {
    out.append("data: ");
    object(out, "chat.completion.chunk");
  }

  /** Writes the beginning of the object, up to and including a comma. */
  void object(JsonBuffer out, String kind) {
    out.append("{\"id\":\"");
    out.escaped(identity.id());
    out.append("\",\"object\":\"");
    out.append(kind);
    out.append("\",\"created\":");
    out.append(Long.toString(created));
    out.append(",\"model\":\"");
    out.escaped(identity.model());
    out.append("\",");
    lasting.forEach((name, value) -> {
      out.append("\"");
      out.append(name);
      out.append("\":");
      out.append(value.toBytes());
      out.append(",");
    });
  }
}
