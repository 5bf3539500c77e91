package lip.support.anthropic.messages;

import java.util.LinkedHashMap;
import java.util.SequencedMap;
import lip.api.Dialect;
import lip.api.Extensions;
import lip.api.Json;
import lip.api.Meta;
import lip.api.message.Part;
import lip.support.json.JsonKind;
import lip.support.json.JsonReader;
import lip.support.json.MalformedJson;
import org.jspecify.annotations.Nullable;

/**
 * Blocks that other dialects can have as text only: search results, and documents made of text
 * blocks. The text stands for them; the block itself travels beside it, for the same dialect, and
 * counts only as long as it still says that text.
 */
public final class Flattened {
  /** Name of the extension that holds the block. */
  public static final String KEY = "flattened_block";

  private Flattened() {}

  /** The part for a block; null = it has no text that could stand for it. */
  public static Part.@Nullable Text of(Json block, Meta meta) throws MalformedJson {
    String text = text(block);
    if (text.isBlank()) {
      return null;
    }
    SequencedMap<String, Json> fields = new LinkedHashMap<>();
    fields.put(KEY, block);
    return new Part.Text(
        text,
        java.util.List.of(),
        null,
        new Meta(meta.cache(), Extensions.of(Dialect.ANTHROPIC, fields)));
  }

  /** The block that a text stands for; null = none, or the text was changed since. */
  public static @Nullable Json original(Part.Text text) {
    Json block = text.meta().extensions().of(Dialect.ANTHROPIC).get(KEY);
    if (block == null) {
      return null;
    }
    try {
      return text(block).equals(text.text()) ? block : null;
    } catch (MalformedJson e) {
      throw new IllegalStateException("a frontend read it", e);
    }
  }

  private static String text(Json block) throws MalformedJson {
    StringBuilder head = new StringBuilder();
    StringBuilder body = new StringBuilder();
    read(JsonReader.of(block), head, body);
    return head.append(body).toString().strip();
  }

  private static void read(JsonReader reader, StringBuilder head, StringBuilder body)
      throws MalformedJson {
    reader.beginObject();
    for (String name; (name = reader.nextMember()) != null; ) {
      JsonKind kind = reader.peek();
      switch (name) {
        case "title", "context" -> line(reader, kind, head);
        case "source" -> {
          if (kind == JsonKind.OBJECT) {
            read(reader, head, body);
          } else {
            line(reader, kind, head);
          }
        }
        case "content" -> content(reader, kind, body);
        default -> {}
      }
    }
  }

  private static void line(JsonReader reader, JsonKind kind, StringBuilder to)
      throws MalformedJson {
    if (kind == JsonKind.STRING) {
      to.append(reader.string()).append('\n');
    }
  }

  private static void content(JsonReader reader, JsonKind kind, StringBuilder body)
      throws MalformedJson {
    if (kind != JsonKind.ARRAY) {
      line(reader, kind, body);
      return;
    }
    reader.beginArray();
    while (reader.nextElement()) {
      if (reader.peek() != JsonKind.OBJECT) {
        continue;
      }
      reader.beginObject();
      for (String name; (name = reader.nextMember()) != null; ) {
        if (name.equals("text")) {
          line(reader, reader.peek(), body);
        }
      }
    }
  }
}
