package lip.frontend.anthropic;

import java.util.LinkedHashMap;
import java.util.Map;
import lip.api.Json;
import lip.api.event.Event;
import lip.support.json.JsonWriter;
import org.jspecify.annotations.Nullable;

/** What an answer begins with. */
final class MessageHead {
  private static final int MAX_ID = 128;
  private static final String PREFIX = "msg_";

  private final @Nullable String wantedModel;
  private final Map<String, Json> more = new LinkedHashMap<>();
  private String id;
  private String model;

  /**
   * @param ownId id of ours, for providers that give none of this protocol's form
   * @param wantedModel model as the client wrote it; null = it did not
   */
  MessageHead(String ownId, @Nullable String wantedModel) {
    this.id = ownId;
    this.wantedModel = wantedModel;
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

  /** A member that the provider has beside the usual ones. */
  void member(String name, Json value) {
    more.put(name, value);
  }

  /** Writes the members up to the content. */
  void open(JsonWriter out) {
    out.beginObject().name("id").value(id).name("type").value("message");
    out.name("role").value("assistant").name("model").value(model);
  }

  /** Writes the further members. */
  void rest(JsonWriter out) {
    more.forEach((name, value) -> out.name(name).raw(value));
  }

  private static boolean plain(String text) {
    return text.length() <= MAX_ID && text.chars().allMatch(c -> c > ' ' && c < 0x7f);
  }
}
