package lip.backend.openai.legacy;

import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import lip.api.Json;
import lip.api.Limits;
import lip.api.event.Event;
import lip.api.tool.ToolKind;
import lip.sdk.Ids;
import lip.sdk.fidelity.Deviation;
import lip.sdk.fidelity.Fidelity;
import lip.support.json.JsonKind;
import lip.support.json.JsonReader;
import lip.support.json.MalformedJson;
import org.jspecify.annotations.Nullable;

/**
 * Puts tool calls together from their pieces. A piece belongs to the call with its index, else to
 * the one with its id, else to the last one. Names come in pieces or again and again, ids may be
 * missing or stand twice. A call begins for the client when its name is known to be whole: at its
 * first argument, at the next call, or at the end. What is kept of the calls is bounded as in
 * requests, where they come back.
 */
final class ToolCallAssembly {
  private final Deque<Event> events;
  private final Ids ids;
  private final Fidelity fidelity;
  private final List<Slot> slots = new ArrayList<>();
  private final Set<String> used = new HashSet<>();
  private long signatures;

  ToolCallAssembly(Deque<Event> events, Ids ids, Fidelity fidelity) {
    this.events = events;
    this.ids = ids;
    this.fidelity = fidelity;
  }

  /** Whether a call was made. */
  boolean any() {
    return slots.stream().anyMatch(slot -> slot.begun);
  }

  /** Takes one element of {@code tool_calls}. */
  void read(JsonReader reader) throws MalformedJson {
    Piece piece = new Piece();
    piece.read(reader);
    take(piece);
  }

  /** Takes the old {@code function_call}, which has neither index nor id. */
  void readOldForm(JsonReader reader) throws MalformedJson {
    Piece piece = new Piece();
    piece.index = 0;
    piece.old = true;
    piece.body(reader);
    take(piece);
  }

  /** Begins what has not begun, ends all. */
  void end() {
    for (Slot slot : slots) {
      if (!slot.begun && slot.name.isEmpty()) {
        fidelity.report(Deviation.lostInAnswer("tool_call", "it has neither a name nor arguments"));
        continue;
      }
      begin(slot);
      events.add(new Event.ToolCallFinished(slot.id));
    }
  }

  private void take(Piece piece) throws MalformedJson {
    Slot slot = slot(piece);
    if (piece.name != null && !slot.begun) {
      slot.name(piece.name);
    }
    if (piece.kind != null) {
      slot.kind = piece.kind;
    }
    if (piece.signature != null) {
      sign(slot, piece.signature);
    }
    slot.old |= piece.old;
    if (piece.arguments != null && !piece.arguments.isEmpty()) {
      begin(slot);
      events.add(new Event.ToolArgumentsDelta(slot.id, piece.arguments));
    }
  }

  private void sign(Slot slot, String signature) throws MalformedJson {
    signatures += signature.length() - (slot.signature == null ? 0 : slot.signature.length());
    if (signatures > Limits.JSON) {
      throw new MalformedJson("tool_calls", "the signatures are longer than " + Limits.JSON, 0);
    }
    slot.signature = signature;
  }

  private Slot slot(Piece piece) throws MalformedJson {
    Slot found = null;
    // The last one that fits, which most pieces belong to.
    for (int i = slots.size() - 1; i >= 0 && found == null; i--) {
      Slot slot = slots.get(i);
      boolean same =
          piece.index >= 0
              ? slot.index == piece.index
              : piece.id != null && piece.id.equals(slot.wireId);
      found = same ? slot : null;
    }
    if (found == null && piece.index < 0 && !slots.isEmpty()) {
      // Neither index nor a known id: more of the last call, unless it has a name of its own and an
      // id.
      found = piece.id != null && piece.name != null ? null : slots.getLast();
    } else if (found != null && another(piece, found)) {
      // Some servers give every call the index 0.
      found = null;
    }
    if (found != null) {
      if (found.wireId == null && piece.id != null && !found.begun) {
        found.wireId = piece.id;
      }
      return found;
    }
    if (slots.size() == Limits.PARTS) {
      throw new MalformedJson("tool_calls", "has more than " + Limits.PARTS + " calls", 0);
    }
    slots.forEach(this::begin);
    Slot slot = new Slot(piece.index, piece.id);
    slots.add(slot);
    return slot;
  }

  private static boolean another(Piece piece, Slot slot) {
    return piece.id != null
        && slot.wireId != null
        && !piece.id.equals(slot.wireId)
        && piece.name != null
        && !slot.name.isEmpty();
  }

  private void begin(Slot slot) {
    if (slot.begun) {
      return;
    }
    slot.begun = true;
    String id = slot.wireId;
    while (id == null || !used.add(id)) {
      id = ids.next("call_");
    }
    slot.id = id;
    Map<String, String> forms = slot.old ? Map.of("form", "function_call") : Map.of();
    events.add(
        new Event.ToolCallStarted(id, slot.kind, slot.name.toString(), forms, slot.signature));
  }

  private static void bound(String what, CharSequence text) throws MalformedJson {
    if (Limits.utf8Length(text) > Limits.REFERENCE) {
      throw new MalformedJson(
          "tool_calls", "the " + what + " is longer than " + Limits.REFERENCE + " bytes", 0);
    }
  }

  /** One call. */
  private static final class Slot {
    private final int index;
    private @Nullable String wireId;
    private String id = "";
    private final StringBuilder name = new StringBuilder();
    private ToolKind kind = ToolKind.FUNCTION;
    private @Nullable String signature;
    private boolean begun;
    private boolean old;

    private Slot(int index, @Nullable String wireId) {
      this.index = index;
      this.wireId = wireId;
    }

    private void name(String piece) throws MalformedJson {
      // The whole name again is no further piece.
      if (!piece.contentEquals(name)) {
        name.append(piece);
        bound("name", name);
      }
    }
  }

  /** One piece as received. */
  private static final class Piece {
    private int index = -1;
    private @Nullable String id;
    private @Nullable String name;
    private @Nullable String arguments;
    private @Nullable String signature;
    private @Nullable ToolKind kind;
    private boolean old;

    private void read(JsonReader reader) throws MalformedJson {
      if (reader.peek() != JsonKind.OBJECT) {
        throw reader.failure("an object is needed");
      }
      reader.beginObject();
      for (String member; (member = reader.nextMember()) != null; ) {
        JsonKind next = reader.peek();
        switch (member) {
          case "index" -> index = next == JsonKind.NUMBER ? (int) reader.number() : -1;
          case "id" -> id = next == JsonKind.STRING ? id(reader.string()) : null;
          case "type" -> {
            String type = next == JsonKind.STRING ? reader.string() : "";
            kind = type.equals("custom") ? ToolKind.CUSTOM : kind;
          }
          case "function" -> {
            if (next == JsonKind.OBJECT) {
              body(reader);
            }
          }
          case "custom" -> {
            if (next == JsonKind.OBJECT) {
              kind = ToolKind.CUSTOM;
              body(reader);
            }
          }
          case "extra_content" -> {
            if (next == JsonKind.OBJECT) {
              signature = signature(reader.raw());
            }
          }
          default -> {}
        }
      }
    }

    private void body(JsonReader reader) throws MalformedJson {
      reader.beginObject();
      for (String member; (member = reader.nextMember()) != null; ) {
        JsonKind next = reader.peek();
        if (next == JsonKind.NULL) {
          continue;
        }
        switch (member) {
          case "name" -> name = next == JsonKind.STRING ? emptyToNull(reader.string()) : null;
          // A text with JSON in it; some servers send the JSON itself.
          case "arguments", "input" ->
              arguments = next == JsonKind.STRING ? reader.string() : reader.raw().text();
          default -> {}
        }
      }
    }

    private static @Nullable String signature(Json extra) throws MalformedJson {
      String signature = null;
      JsonReader reader = JsonReader.of(extra);
      reader.beginObject();
      for (String vendor; (vendor = reader.nextMember()) != null; ) {
        if (!vendor.equals("google") || reader.peek() != JsonKind.OBJECT) {
          continue;
        }
        reader.beginObject();
        for (String member; (member = reader.nextMember()) != null; ) {
          if (member.equals("thought_signature") && reader.peek() == JsonKind.STRING) {
            signature = reader.string();
          }
        }
      }
      return signature;
    }

    private static @Nullable String id(String text) throws MalformedJson {
      bound("id", text);
      return emptyToNull(text);
    }

    private static @Nullable String emptyToNull(String text) {
      return text.isEmpty() ? null : text;
    }
  }
}
