package lip.frontend.openai.legacy;

import java.util.LinkedHashMap;
import java.util.Map;
import lip.api.Json;
import lip.api.event.Event;
import lip.support.json.JsonBuffer;
import org.jspecify.annotations.Nullable;

/** The members that all chunks of a stream, or a whole answer, begin with. */
final class AnswerHead {
  private static final int MAX_ID = 128;
  private static final String PREFIX = "chatcmpl-";

  private final @Nullable String wantedModel;
  private final long created;
  private final Map<String, Json> lasting = new LinkedHashMap<>();
  private String id;
  private String model;

  /**
   * @param ownId id of ours, for providers that give none of this protocol's form
   * @param wantedModel model as the client wrote it; null = it did not
   * @param created seconds since 1970
   */
  AnswerHead(String ownId, @Nullable String wantedModel, long created) {
    this.id = ownId;
    this.wantedModel = wantedModel;
    this.created = created;
    model = wantedModel == null ? "" : wantedModel;
  }

  void started(Event.ResponseStarted started) {
    String theirs = started.id();
    if (theirs != null && theirs.startsWith(PREFIX) && plain(theirs)) {
      id = theirs;
    }
    if (wantedModel == null && started.model() != null) {
      model = started.model();
    }
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
    out.escaped(id);
    out.append("\",\"object\":\"");
    out.append(kind);
    out.append("\",\"created\":");
    out.append(Long.toString(created));
    out.append(",\"model\":\"");
    out.escaped(model);
    out.append("\",");
    lasting.forEach((name, value) -> {
      out.append("\"");
      out.append(name);
      out.append("\":");
      out.append(value.toBytes());
      out.append(",");
    });
  }

  private static boolean plain(String text) {
    return text.length() <= MAX_ID && text.chars().allMatch(c -> c > ' ' && c < 0x7f);
  }
}
