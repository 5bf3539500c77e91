package lip.support.anthropic.messages;

import java.util.LinkedHashMap;
import java.util.Map;
import lip.api.Dialect;
import lip.api.Json;
import lip.api.Limits;
import lip.api.event.Usage;
import lip.support.json.JsonBuffer;
import lip.support.json.JsonKind;
import lip.support.json.JsonReader;
import lip.support.json.JsonWriter;
import lip.support.json.MalformedJson;
import lip.support.json.Scalars;
import org.jspecify.annotations.Nullable;

/**
 * Adds up what a stream says about tokens: the counts are cumulative, a later one replaces an
 * earlier one, and what is not said again stays. One per stream.
 */
public final class UsageTally {
  /** Bytes of one object, which is some hundred long. */
  private static final int MOST_BYTES = 65_536;

  private final Map<String, Json> members = new LinkedHashMap<>();

  /** Takes a {@code usage} object. */
  public Usage add(Json usage) throws MalformedJson {
    if (usage.length() > MOST_BYTES) {
      throw new MalformedJson("usage", "has more than " + MOST_BYTES + " bytes", 0);
    }
    JsonReader reader = JsonReader.of(usage);
    reader.beginObject();
    for (String name; (name = reader.nextMember()) != null; ) {
      Json value = reader.raw();
      if (!value.equals(Json.NULL) || !members.containsKey(name)) {
        members.put(name, value);
      }
    }
    if (members.size() > Limits.EXTENSION_KEYS) {
      throw new MalformedJson("usage", "has more than " + Limits.EXTENSION_KEYS + " members", 0);
    }
    return usage();
  }

  private Usage usage() throws MalformedJson {
    Long fresh = count("input_tokens");
    Long read = count("cache_read_input_tokens");
    Long write = count("cache_creation_input_tokens");
    Long output = count("output_tokens");
    Long input = fresh == null ? null : (Long) (fresh + orZero(read) + orZero(write));
    Usage.Builder usage =
        Usage.builder().input(input).output(output).cacheRead(read).cacheWrite(write);
    if (input != null && output != null) {
      usage.total(input + output);
    }
    usage.cacheWrite5m(inner("cache_creation", "ephemeral_5m_input_tokens"));
    usage.cacheWrite1h(inner("cache_creation", "ephemeral_1h_input_tokens"));
    usage.reasoning(inner("output_tokens_details", "thinking_tokens"));
    return usage.raw(Dialect.ANTHROPIC, object()).build();
  }

  private Json object() {
    JsonBuffer bytes = new JsonBuffer(256);
    JsonWriter out = new JsonWriter(bytes);
    out.beginObject();
    members.forEach((name, value) -> out.name(name).raw(value));
    out.endObject().flush();
    return Json.slice(bytes.toBytes(), 0, bytes.length());
  }

  private @Nullable Long count(String name) throws MalformedJson {
    Json value = members.get(name);
    return value == null ? null : Scalars.whole(value);
  }

  private @Nullable Long inner(String object, String name) throws MalformedJson {
    Json value = members.get(object);
    if (value == null || Scalars.kind(value) != JsonKind.OBJECT) {
      return null;
    }
    JsonReader reader = JsonReader.of(value);
    Long found = null;
    reader.beginObject();
    for (String member; (member = reader.nextMember()) != null; ) {
      if (member.equals(name)) {
        found = number(reader);
      }
    }
    return found;
  }

  private static @Nullable Long number(JsonReader reader) throws MalformedJson {
    return reader.peek() == JsonKind.NUMBER ? (Long) (long) reader.number() : null;
  }

  private static long orZero(@Nullable Long count) {
    return count == null ? 0 : count;
  }

  /**
   * Writes a usage object: as received when it came from this dialect and has the counts that
   * clients demand, else with zeros for what is not known.
   */
  public static void write(JsonWriter out, @Nullable Usage usage) {
    Json raw = usage == null ? null : usage.raw();
    if (usage != null
        && raw != null
        && Dialect.ANTHROPIC.equals(usage.dialect())
        && usage.input() != null
        && usage.output() != null) {
      out.raw(raw);
      return;
    }
    long read = usage == null ? 0 : orZero(usage.cacheRead());
    long write = usage == null ? 0 : orZero(usage.cacheWrite());
    long input = usage == null ? 0 : orZero(usage.input());
    out.beginObject();
    out.name("input_tokens").value(Math.max(0, input - read - write));
    out.name("cache_creation_input_tokens").value(write);
    out.name("cache_read_input_tokens").value(read);
    out.name("output_tokens").value(usage == null ? 0 : orZero(usage.output()));
    if (usage != null && usage.reasoning() != null) {
      out.name("output_tokens_details").beginObject();
      out.name("thinking_tokens").value(orZero(usage.reasoning())).endObject();
    }
    out.endObject();
  }
}
