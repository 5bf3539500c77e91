package lip.support.openai.chat;

import lip.api.Dialect;
import lip.api.Json;
import lip.api.event.Usage;
import lip.support.json.JsonKind;
import lip.support.json.JsonReader;
import lip.support.json.JsonWriter;
import lip.support.json.MalformedJson;
import org.jspecify.annotations.Nullable;

/** The {@code usage} object. */
public final class UsageObject {
  private UsageObject() {}

  /** Reads it; counts that are absent, null or no numbers are not given. */
  public static Usage read(Json raw) throws MalformedJson {
    Usage.Builder usage = Usage.builder().raw(Dialect.OPENAI_CHAT, raw);
    JsonReader reader = JsonReader.of(raw);
    reader.beginObject();
    for (String name; (name = reader.nextMember()) != null; ) {
      switch (name) {
        case "prompt_tokens" -> usage.input(count(reader));
        case "completion_tokens" -> usage.output(count(reader));
        case "total_tokens" -> usage.total(count(reader));
        // DeepSeek's word; the usual details, when there, come later or say the same.
        case "prompt_cache_hit_tokens" -> usage.cacheRead(count(reader));
        case "prompt_tokens_details" -> promptDetails(reader, usage);
        case "completion_tokens_details" -> completionDetails(reader, usage);
        default -> {}
      }
    }
    return usage.build();
  }

  /**
   * Writes it: as received when it came from this dialect and is whole, else with zeros for what is
   * not known.
   */
  public static void write(JsonWriter out, Usage usage) {
    Json raw = usage.raw();
    if (raw != null
        && Dialect.OPENAI_CHAT.equals(usage.dialect())
        && usage.input() != null
        && usage.output() != null
        && usage.total() != null) {
      out.raw(raw);
      return;
    }
    long input = orZero(usage.input());
    long output = orZero(usage.output());
    Long total = usage.total();
    out.beginObject();
    out.name("prompt_tokens").value(input);
    out.name("completion_tokens").value(output);
    out.name("total_tokens").value(total == null ? input + output : total);
    out.name("prompt_tokens_details").beginObject();
    out.name("cached_tokens").value(orZero(usage.cacheRead()));
    if (usage.cacheWrite() != null) {
      out.name("cache_write_tokens").value(orZero(usage.cacheWrite()));
    }
    out.name("audio_tokens").value(orZero(usage.audioInput()));
    out.endObject();
    out.name("completion_tokens_details").beginObject();
    out.name("reasoning_tokens").value(orZero(usage.reasoning()));
    out.name("audio_tokens").value(orZero(usage.audioOutput()));
    out.name("accepted_prediction_tokens").value(orZero(usage.acceptedPrediction()));
    out.name("rejected_prediction_tokens").value(orZero(usage.rejectedPrediction()));
    out.endObject();
    out.endObject();
  }

  private static void promptDetails(JsonReader reader, Usage.Builder usage) throws MalformedJson {
    if (reader.peek() != JsonKind.OBJECT) {
      return;
    }
    reader.beginObject();
    for (String name; (name = reader.nextMember()) != null; ) {
      switch (name) {
        case "cached_tokens" -> usage.cacheRead(count(reader));
        case "cache_write_tokens" -> usage.cacheWrite(count(reader));
        case "audio_tokens" -> usage.audioInput(count(reader));
        default -> {}
      }
    }
  }

  private static void completionDetails(JsonReader reader, Usage.Builder usage)
      throws MalformedJson {
    if (reader.peek() != JsonKind.OBJECT) {
      return;
    }
    reader.beginObject();
    for (String name; (name = reader.nextMember()) != null; ) {
      switch (name) {
        case "reasoning_tokens" -> usage.reasoning(count(reader));
        case "audio_tokens" -> usage.audioOutput(count(reader));
        case "accepted_prediction_tokens" -> usage.acceptedPrediction(count(reader));
        case "rejected_prediction_tokens" -> usage.rejectedPrediction(count(reader));
        default -> {}
      }
    }
  }

  private static @Nullable Long count(JsonReader reader) throws MalformedJson {
    return reader.peek() == JsonKind.NUMBER ? (Long) (long) reader.number() : null;
  }

  private static long orZero(@Nullable Long count) {
    return count == null ? 0 : count;
  }
}
