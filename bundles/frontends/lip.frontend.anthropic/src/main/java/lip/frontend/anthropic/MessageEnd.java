package lip.frontend.anthropic;

import java.util.LinkedHashMap;
import java.util.Map;
import lip.api.Json;
import lip.api.event.Event;
import lip.api.event.FinishReason;
import lip.support.anthropic.messages.StopReasons;
import lip.support.json.JsonKind;
import lip.support.json.JsonReader;
import lip.support.json.JsonWriter;
import lip.support.json.MalformedJson;

/**
 * How an answer ended.
 *
 * @param reason stop reason
 * @param delta further members of the provider's {@code delta}
 * @param outer further members of its {@code message_delta}
 */
record MessageEnd(String reason, Map<String, Json> delta, Map<String, Json> outer) {
  /** Collects what the provider says beside the reason. */
  static final class Said {
    private final Map<String, Json> delta = new LinkedHashMap<>();
    private final Map<String, Json> outer = new LinkedHashMap<>();

    void delta(Json object) {
      try {
        JsonReader reader = JsonReader.of(object);
        if (reader.peek() != JsonKind.OBJECT) {
          return;
        }
        reader.beginObject();
        for (String name; (name = reader.nextMember()) != null; ) {
          delta.put(name, reader.raw());
        }
      } catch (MalformedJson e) {
        throw new IllegalStateException("a backend read it", e);
      }
    }

    void outer(String name, Json value) {
      outer.put(name, value);
    }

    MessageEnd end(Event.Finished finished, boolean calls, boolean refused) {
      FinishReason reason = StopReasons.settle(finished.reason(), calls);
      if (refused && !calls && StopReasons.toWire(reason).equals("end_turn")) {
        reason = FinishReason.REFUSAL;
      }
      String raw = finished.raw();
      boolean theirs = raw != null && delta.containsKey("stop_reason");
      String word = StopReasons.toWire(reason);
      if (theirs && raw != null && StopReasons.fromWire(raw).equals(reason)) {
        word = raw;
      }
      delta.remove("stop_reason");
      return new MessageEnd(word, delta, outer);
    }
  }

  /** Writes reason and further members into an open object. */
  void write(JsonWriter out) {
    out.name("stop_reason").value(reason);
    out.name("stop_sequence").raw(delta.getOrDefault("stop_sequence", Json.NULL));
    delta.forEach((name, value) -> {
      if (!name.equals("stop_sequence")) {
        out.name(name).raw(value);
      }
    });
  }
}
