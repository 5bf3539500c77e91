package lip.frontend.anthropic;

import java.util.LinkedHashMap;
import java.util.Map;
import lip.api.Json;
import lip.api.event.Event;
import lip.support.frontend.AnswerIdentity;
import lip.support.json.JsonWriter;
import org.jspecify.annotations.Nullable;

/** What an answer begins with. */
final class MessageHead {
  private static final String PREFIX = "msg_";

  private final AnswerIdentity identity;
  private final Map<String, Json> more = new LinkedHashMap<>();

  /**
   * @param ownId id of ours, for providers that give none of this protocol's form
   * @param wantedModel model as the client wrote it; null = it did not
   */
  MessageHead(String ownId, @Nullable String wantedModel) {
    identity = new AnswerIdentity(PREFIX, ownId, wantedModel);
  }

  void started(Event.ResponseStarted started) {
    identity.started(started);
  }

  /** A member that the provider has beside the usual ones. */
  void member(String name, Json value) {
    more.put(name, value);
  }

  /** Writes the members up to the content. */
  void open(JsonWriter out) {
    out.beginObject().name("id").value(identity.id()).name("type").value("message");
    out.name("role").value("assistant").name("model").value(identity.model());
  }

  /** Writes the further members. */
  void rest(JsonWriter out) {
    more.forEach((name, value) -> out.name(name).raw(value));
  }
}
