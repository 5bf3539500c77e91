package lip.backend.anthropic;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import lip.api.Dialect;
import lip.api.Json;
import lip.api.Limits;
import lip.api.Meta;
import lip.api.event.Event;
import lip.api.message.Part;
import lip.api.tool.ToolKind;
import lip.sdk.fidelity.Deviation;
import lip.sdk.fidelity.Fidelity;
import lip.support.anthropic.messages.Citations;
import lip.support.anthropic.messages.Names;
import lip.support.json.JsonKind;
import lip.support.json.JsonReader;
import lip.support.json.JsonWriter;
import lip.support.json.MalformedJson;
import org.jspecify.annotations.Nullable;

/** A content block while it arrives. */
abstract sealed class Block {
  /** What a block may begin with, beside its type. */
  private static final Map<String, Set<String>> KNOWN =
      Map.of(
          "text", Set.of("text", "citations"),
          "thinking", Set.of("thinking", "signature"),
          "redacted_thinking", Set.of("data"),
          "tool_use", Set.of("id", "name", "input", "caller"));

  final Deque<Event> events;
  private final OpenBlocks all;
  private final StringBuilder kept = new StringBuilder();
  private long keptBytes;
  private long size;

  private Block(Deque<Event> events, OpenBlocks all) {
    this.events = events;
    this.all = all;
  }

  /** The block that begins with an object. */
  static Block of(
      Fields start, Deque<Event> events, ToolNames tools, Fidelity fidelity, OpenBlocks all)
      throws MalformedJson {
    if (start.members.size() > Limits.EXTENSION_KEYS) {
      throw new MalformedJson(
          "content_block", "has more than " + Limits.EXTENSION_KEYS + " members", 0);
    }
    Set<String> known = KNOWN.get(start.type);
    if (known != null && start.members.size() > 2) {
      for (String name : start.members.keySet()) {
        if (!known.contains(name) && !name.equals("type")) {
          fidelity.report(
              Deviation.lostInAnswer("content_block." + name, "a member that is not known"));
        }
      }
    }
    return switch (start.type) {
      case "text" -> new Text(start, events, all);
      case "thinking" -> new Thought(start, events, all);
      case "redacted_thinking" -> new Redacted(start, events, all);
      case "tool_use" -> new Call(start, events, all, tools);
      default -> new Unknown(start, events, all);
    };
  }

  abstract void begin() throws MalformedJson;

  abstract void end() throws MalformedJson;

  /** Takes a delta object. */
  void delta(Json raw) throws MalformedJson {
    String type = "";
    String text = null;
    Json citation = null;
    JsonReader reader = JsonReader.of(raw);
    reader.beginObject();
    for (String name; (name = reader.nextMember()) != null; ) {
      boolean string = reader.peek() == JsonKind.STRING;
      switch (name) {
        case "type" -> type = string ? reader.string() : "";
        case "text", "thinking", "partial_json", "signature" ->
            text = string ? reader.string() : text;
        case "citation" -> citation = reader.peek() == JsonKind.OBJECT ? reader.raw() : null;
        default -> {}
      }
    }
    if (type.equals("citations_delta") && citation != null) {
      events.add(new Event.Citation(Citations.read(citation)));
    } else if (text != null && !text.isEmpty()) {
      take(type, text);
    }
  }

  /** Takes the text of a delta. */
  abstract void take(String type, String text) throws MalformedJson;

  /** Keeps a text until the end of the block, within bounds. */
  final void keep(String text) throws MalformedJson {
    long bytes = Limits.utf8Length(text);
    keptBytes += bytes;
    if (keptBytes > Limits.JSON) {
      throw tooLong();
    }
    grow(bytes);
    kept.append(text);
  }

  /** The block keeps more, or less, than before. */
  final void grow(long bytes) throws MalformedJson {
    size += bytes;
    all.grow(bytes);
  }

  /** Bytes that the block keeps. */
  final long size() {
    return size;
  }

  static MalformedJson tooLong() {
    return new MalformedJson("content_block_delta", "the block is too long", 0);
  }

  final String kept() {
    return kept.toString();
  }

  private static String text(Fields fields, String name) throws MalformedJson {
    String text = fields.text(name);
    return text == null ? "" : text;
  }

  /** Visible text. */
  static final class Text extends Block {
    private final String first;
    private final @Nullable Json citations;

    private Text(Fields start, Deque<Event> events, OpenBlocks all) throws MalformedJson {
      super(events, all);
      first = text(start, "text");
      citations = start.members.get("citations");
    }

    @Override
    void begin() throws MalformedJson {
      take("text_delta", first);
      if (citations != null && JsonReader.of(citations).peek() == JsonKind.ARRAY) {
        JsonReader reader = JsonReader.of(citations);
        reader.beginArray();
        while (reader.nextElement()) {
          events.add(new Event.Citation(Citations.read(reader.raw())));
        }
      }
    }

    @Override
    void take(String type, String text) {
      if (!text.isEmpty()) {
        events.add(new Event.TextDelta(text));
      }
    }

    @Override
    void end() {}
  }

  /** Reasoning and the proof over it. */
  static final class Thought extends Block {
    private final String first;
    private String signature;

    private Thought(Fields start, Deque<Event> events, OpenBlocks all) throws MalformedJson {
      super(events, all);
      first = text(start, "thinking");
      signature = text(start, "signature");
    }

    @Override
    void begin() throws MalformedJson {
      if (!first.isEmpty()) {
        take("thinking_delta", first);
      }
    }

    @Override
    void take(String type, String text) throws MalformedJson {
      if (type.equals("signature_delta")) {
        grow((long) text.length() - signature.length());
        signature = text;
      } else {
        keep(text);
        events.add(new Event.ReasoningDelta(text, false));
      }
    }

    @Override
    void end() {
      events.add(
          new Event.ReasoningDone(
              new Part.Reasoning(
                  Dialect.ANTHROPIC, kept(), List.of(), signature, null, null, Meta.NONE)));
    }
  }

  /** Reasoning that is hidden. */
  static final class Redacted extends Block {
    private final Json data;

    private Redacted(Fields start, Deque<Event> events, OpenBlocks all) throws MalformedJson {
      super(events, all);
      data = start.need("data");
    }

    @Override
    void begin() {
      events.add(
          new Event.ReasoningDone(
              new Part.Reasoning(Dialect.ANTHROPIC, "", List.of(), null, data, null, Meta.NONE)));
    }

    @Override
    void take(String type, String text) {}

    @Override
    void end() {}
  }

  /** A tool call of the client's tools. */
  static final class Call extends Block {
    private static final Set<String> OWN = Set.of("type", "id", "name", "input");

    private final String id;
    private final String name;
    private final boolean custom;
    private final Json input;
    private final Map<String, String> nativeIds;

    private Call(Fields start, Deque<Event> events, OpenBlocks all, ToolNames tools)
        throws MalformedJson {
      super(events, all);
      id = text(start, "id");
      String wire = text(start, "name");
      if (id.isEmpty() || wire.isEmpty()) {
        throw new MalformedJson("content_block", "a tool_use needs id and name", 0);
      }
      bound("id", id.length());
      bound("name", wire.length());
      name = tools.original(wire);
      custom = tools.isCustom(wire);
      input = start.members.getOrDefault("input", Json.of("{}"));
      nativeIds = new LinkedHashMap<>();
      long further = 0;
      for (Map.Entry<String, Json> member : start.members.entrySet()) {
        Json value = member.getValue();
        if (!OWN.contains(member.getKey()) && !value.equals(Json.NULL)) {
          further += member.getKey().length() + value.length();
          bound("rest", further);
          nativeIds.put(Names.CALL + member.getKey(), value.text());
        }
      }
    }

    /** A call is known until the answer ends, and comes back in requests. */
    private static void bound(String what, long length) throws MalformedJson {
      if (length > Limits.REFERENCE) {
        throw new MalformedJson(
            "content_block",
            "the " + what + " of a tool_use is longer than " + Limits.REFERENCE,
            0);
      }
    }

    @Override
    void begin() throws MalformedJson {
      ToolKind kind = custom ? ToolKind.CUSTOM : ToolKind.FUNCTION;
      events.add(new Event.ToolCallStarted(id, kind, name, nativeIds, null));
      JsonReader reader = JsonReader.of(input);
      if (reader.peek() == JsonKind.OBJECT) {
        reader.beginObject();
        if (reader.nextMember() != null) {
          take("input_json_delta", input.text());
        }
      }
    }

    @Override
    void take(String type, String text) throws MalformedJson {
      if (custom) {
        keep(text);
      } else {
        events.add(new Event.ToolArgumentsDelta(id, text));
      }
    }

    @Override
    void end() {
      if (custom && !kept().isEmpty()) {
        events.add(new Event.ToolArgumentsDelta(id, unwrapped(kept())));
      }
      events.add(new Event.ToolCallFinished(id));
    }

    /** The free text in the object it was asked for in; something else stays as it is. */
    private static String unwrapped(String json) {
      try {
        String text = null;
        JsonReader reader = JsonReader.of(json.getBytes(StandardCharsets.UTF_8));
        reader.beginObject();
        for (String name; (name = reader.nextMember()) != null; ) {
          text = name.equals("input") ? reader.string() : text;
        }
        reader.finish();
        return text == null ? json : text;
      } catch (MalformedJson _) {
        return json;
      }
    }
  }

  /** A block that only clients of this dialect understand: it goes to them whole. */
  static final class Unknown extends Block {
    private final Map<String, Json> members;
    private final Map<String, StringBuilder> texts = new LinkedHashMap<>();
    private long added;

    private Unknown(Fields start, Deque<Event> events, OpenBlocks all) {
      super(events, all);
      members = new LinkedHashMap<>(start.members);
    }

    @Override
    void begin() {}

    /** What a delta of a type that is not known says, belongs to the block. */
    @Override
    void delta(Json raw) throws MalformedJson {
      Fields delta = Fields.of(JsonReader.of(raw));
      for (Map.Entry<String, Json> member : delta.members.entrySet()) {
        String name = member.getKey();
        Json value = member.getValue();
        if (delta.type.equals("input_json_delta") && name.equals("partial_json")) {
          keep(JsonReader.of(value).string());
        } else if (JsonReader.of(value).peek() != JsonKind.STRING) {
          count(name, value.length());
          members.put(name, Json.slice(value.toBytes(), 0, value.length()));
        } else if (!name.equals("type")) {
          String text = JsonReader.of(value).string();
          count(name, text.length());
          texts.computeIfAbsent(name, _ -> new StringBuilder()).append(text);
        }
      }
    }

    @Override
    void take(String type, String text) {}

    private void count(String name, int more) throws MalformedJson {
      int bytes = name.length() + more;
      added += bytes;
      if (added > Limits.JSON
          || members.size() > Limits.EXTENSION_KEYS
          || texts.size() > Limits.EXTENSION_KEYS) {
        throw tooLong();
      }
      grow(bytes);
    }

    @Override
    void end() throws MalformedJson {
      if (!kept().isEmpty()) {
        JsonReader.of(kept().getBytes(StandardCharsets.UTF_8)).skip();
        members.put("input", Json.of(kept()));
      }
      for (Map.Entry<String, StringBuilder> text : texts.entrySet()) {
        Json before = members.get(text.getKey());
        String first =
            before != null && JsonReader.of(before).peek() == JsonKind.STRING
                ? JsonReader.of(before).string()
                : "";
        members.put(text.getKey(), Json.of(JsonWriter.quote(first + text.getValue())));
      }
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      JsonWriter out = new JsonWriter(bytes);
      out.beginObject();
      members.forEach((name, value) -> out.name(name).raw(value));
      out.endObject().flush();
      byte[] whole = bytes.toByteArray();
      events.add(
          new Event.Extension(Dialect.ANTHROPIC, Names.BLOCK, Json.slice(whole, 0, whole.length)));
    }
  }
}
