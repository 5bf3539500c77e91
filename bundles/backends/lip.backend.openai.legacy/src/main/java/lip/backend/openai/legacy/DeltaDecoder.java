package lip.backend.openai.legacy;

import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import lip.api.Dialect;
import lip.api.Json;
import lip.api.Limits;
import lip.api.Meta;
import lip.api.event.Event;
import lip.api.message.Annotation;
import lip.api.message.Part;
import lip.sdk.Ids;
import lip.sdk.fidelity.Deviation;
import lip.sdk.fidelity.Fidelity;
import lip.support.json.JsonKind;
import lip.support.json.JsonReader;
import lip.support.json.MalformedJson;
import org.jspecify.annotations.Nullable;

/** Reads {@code delta}, and {@code message} of a whole answer, which has the same members. */
final class DeltaDecoder {
  private final Deque<Event> events;
  private final Fidelity fidelity;
  private final ToolCallAssembly calls;
  private final ReasoningDetails details = new ReasoningDetails();
  private final StringBuilder thoughts = new StringBuilder();
  private long thoughtBytes;
  private boolean detailsOpen;

  DeltaDecoder(Deque<Event> events, Ids ids, Fidelity fidelity) {
    this.events = events;
    this.fidelity = fidelity;
    calls = new ToolCallAssembly(events, ids, fidelity);
  }

  boolean hasCalls() {
    return calls.any();
  }

  /** The answer is over. */
  void end() {
    closeDetails();
    calls.end();
  }

  /** In the order of the model, not of the members: reasoning, text, refusal, calls. */
  void read(JsonReader reader) throws MalformedJson {
    String reasoning = null;
    String other = null;
    String text = null;
    Json parts = null;
    Json toolCalls = null;
    Json functionCall = null;
    Json notes = null;
    Json newDetails = null;
    String refusal = null;
    List<Event> rest = List.of();
    // One record may hold many of these, each with many small things.
    if (events.size() > JsonReader.MOST) {
      throw reader.failure("comes after " + JsonReader.MOST + " other events in one piece");
    }
    reader.beginObject();
    for (String name; (name = reader.nextMember()) != null; ) {
      JsonKind kind = reader.peek();
      if (kind == JsonKind.NULL) {
        continue;
      }
      switch (name) {
        case "role" -> {}
        case "content" -> {
          if (kind == JsonKind.STRING) {
            text = reader.string();
          } else {
            parts = kind == JsonKind.ARRAY ? reader.raw() : null;
          }
        }
        case "reasoning_content" -> reasoning = kind == JsonKind.STRING ? reader.string() : null;
        case "reasoning" -> other = kind == JsonKind.STRING ? reader.string() : null;
        case "reasoning_details" -> newDetails = kind == JsonKind.ARRAY ? reader.raw() : null;
        case "refusal" -> refusal = kind == JsonKind.STRING ? reader.string() : null;
        case "tool_calls" -> toolCalls = kind == JsonKind.ARRAY ? reader.raw() : null;
        case "function_call" -> functionCall = kind == JsonKind.OBJECT ? reader.raw() : null;
        case "annotations" -> notes = kind == JsonKind.ARRAY ? reader.raw() : null;
        default -> {
          rest = rest.isEmpty() ? new ArrayList<>(2) : rest;
          rest.add(new Event.Extension(Dialect.OPENAI_CHAT, "delta." + name, reader.raw()));
        }
      }
    }
    String thought = reasoning == null || reasoning.isEmpty() ? other : reasoning;
    if (newDetails != null) {
      String visible = details.add(newDetails);
      detailsOpen |= !details.isEmpty();
      thought = thought == null || thought.isEmpty() ? visible : thought;
    }
    if (thought != null && !thought.isEmpty()) {
      events.add(new Event.ReasoningDelta(thought, false));
      if (detailsOpen) {
        think(thought);
      }
    }
    if (text != null) {
      text(text);
    }
    if (parts != null) {
      parts(JsonReader.of(parts), false);
    }
    if (refusal != null && !refusal.isEmpty()) {
      closeDetails();
      events.add(new Event.RefusalDelta(refusal));
    }
    if (notes != null) {
      annotations(JsonReader.of(notes));
    }
    if (toolCalls != null) {
      JsonReader list = JsonReader.of(toolCalls);
      list.beginArray();
      while (list.nextElement()) {
        closeDetails();
        calls.read(list);
      }
    }
    if (functionCall != null) {
      closeDetails();
      calls.readOldForm(JsonReader.of(functionCall));
    }
    events.addAll(rest);
  }

  /** Keeps a thought until its details are whole. */
  private void think(String thought) throws MalformedJson {
    thoughtBytes += Limits.utf8Length(thought);
    if (thoughtBytes > Limits.TEXT) {
      throw new MalformedJson("reasoning", "has more than " + Limits.TEXT + " bytes", 0);
    }
    thoughts.append(thought);
  }

  private void text(String text) {
    if (!text.isEmpty()) {
      closeDetails();
      events.add(new Event.TextDelta(text));
    }
  }

  /** Arrays of parts, as Mistral sends them: texts, and thinking that is an array itself. */
  private void parts(JsonReader reader, boolean thinking) throws MalformedJson {
    reader.beginArray();
    while (reader.nextElement()) {
      if (reader.peek() != JsonKind.OBJECT) {
        continue;
      }
      boolean known = false;
      String type = "";
      reader.beginObject();
      for (String name; (name = reader.nextMember()) != null; ) {
        JsonKind kind = reader.peek();
        known |= name.equals("text") || name.equals("thinking");
        if (name.equals("type") && kind == JsonKind.STRING) {
          type = reader.string();
        } else if (name.equals("text") && kind == JsonKind.STRING) {
          String text = reader.string();
          if (!thinking) {
            text(text);
          } else if (!text.isEmpty()) {
            events.add(new Event.ReasoningDelta(text, false));
          }
        } else if (name.equals("thinking") && kind == JsonKind.ARRAY) {
          parts(reader, true);
        } else if (name.equals("thinking") && kind == JsonKind.STRING) {
          String text = reader.string();
          if (!text.isEmpty()) {
            events.add(new Event.ReasoningDelta(text, false));
          }
        }
      }
      if (!known) {
        fidelity.report(
            Deviation.lostInAnswer("content." + type, "a part of a type that is not known"));
      }
    }
  }

  private void annotations(JsonReader reader) throws MalformedJson {
    reader.beginArray();
    while (reader.nextElement()) {
      // With bytes of its own: it may wait longer than the list it came in.
      byte[] own = reader.raw().toBytes();
      events.add(new Event.Citation(annotation(own)));
    }
  }

  private static Annotation annotation(byte[] bytes) throws MalformedJson {
    JsonReader reader = JsonReader.of(bytes);
    String type = "annotation";
    Cited cited = new Cited();
    if (reader.peek() == JsonKind.OBJECT) {
      reader.beginObject();
      for (String name; (name = reader.nextMember()) != null; ) {
        JsonKind kind = reader.peek();
        if (name.equals("type") && kind == JsonKind.STRING) {
          type = reader.string();
        } else if (name.equals("url_citation") && kind == JsonKind.OBJECT) {
          cited.read(reader);
        }
      }
    }
    Json raw = Json.slice(bytes, 0, bytes.length);
    return new Annotation(
        type, cited.url, cited.title, null, cited.start, cited.end, Dialect.OPENAI_CHAT, raw);
  }

  /** The state of a piece of reasoning goes out when the piece is over, once and whole. */
  private void closeDetails() {
    if (detailsOpen) {
      detailsOpen = false;
      events.add(
          new Event.ReasoningDone(
              new Part.Reasoning(
                  Dialect.OPENAI_CHAT,
                  thoughts.toString(),
                  List.of(),
                  null,
                  details.take(),
                  null,
                  Meta.NONE)));
      thoughts.setLength(0);
      thoughtBytes = 0;
    }
  }

  private static final class Cited {
    private @Nullable String url;
    private @Nullable String title;
    private int start = -1;
    private int end = -1;

    void read(JsonReader reader) throws MalformedJson {
      reader.beginObject();
      for (String name; (name = reader.nextMember()) != null; ) {
        JsonKind kind = reader.peek();
        switch (name) {
          case "url" -> url = kind == JsonKind.STRING ? reader.string() : null;
          case "title" -> title = kind == JsonKind.STRING ? reader.string() : null;
          case "start_index" -> start = kind == JsonKind.NUMBER ? (int) reader.number() : -1;
          case "end_index" -> end = kind == JsonKind.NUMBER ? (int) reader.number() : -1;
          default -> {}
        }
      }
    }
  }
}
