package lip.backend.anthropic;

import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import lip.api.Dialect;
import lip.api.Json;
import lip.api.Limits;
import lip.api.Meta;
import lip.api.event.Event;
import lip.api.message.Part;
import lip.sdk.fidelity.Deviation;
import lip.sdk.fidelity.Fidelity;
import lip.support.anthropic.messages.Citations;
import lip.support.json.JsonKind;
import lip.support.json.JsonReader;
import lip.support.json.MalformedJson;
import org.jspecify.annotations.Nullable;

/** A content block while it arrives. */
abstract sealed class Block
    permits Block.Text, Block.Thought, Block.Redacted, CallBlock, UnknownBlock {
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

  Block(Deque<Event> events, OpenBlocks all) {
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
      case "tool_use" -> new CallBlock(start, events, all, tools);
      default -> new UnknownBlock(start, events, all);
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

  static String text(Fields fields, String name) throws MalformedJson {
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
}
