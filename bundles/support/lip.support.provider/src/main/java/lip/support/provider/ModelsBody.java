package lip.support.provider;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import lip.sdk.backend.ModelInfo;
import lip.support.json.JsonKind;
import lip.support.json.JsonReader;
import lip.support.json.MalformedJson;
import org.jspecify.annotations.Nullable;

/**
 * One page of a models list in the forms of OpenAI, Anthropic and the servers compatible with them.
 *
 * @param models what stands in it
 * @param more whether another page follows
 * @param last id to ask on from; null = not said
 */
public record ModelsBody(List<ModelInfo> models, boolean more, @Nullable String last) {
  private static final int MOST_MODELS = 10_000;

  /**
   * Reads a body.
   *
   * @param owner who owns a model of which nothing is said
   */
  public static ModelsBody read(byte[] body, String owner) throws MalformedJson {
    List<ModelInfo> models = new ArrayList<>();
    boolean more = false;
    String last = null;
    JsonReader reader = JsonReader.of(body).atMost(JsonReader.MANY);
    if (reader.peek() == JsonKind.OBJECT) {
      reader.beginObject();
      for (String name; (name = reader.nextMember()) != null; ) {
        JsonKind kind = reader.peek();
        switch (name) {
          case "data" -> {
            if (kind == JsonKind.ARRAY) {
              elements(reader, owner, models);
            }
          }
          case "has_more" -> more = kind == JsonKind.BOOLEAN && reader.bool();
          case "last_id" -> last = kind == JsonKind.STRING ? reader.string() : null;
          default -> {}
        }
      }
    } else {
      elements(reader, owner, models);
    }
    return new ModelsBody(List.copyOf(models), more, last);
  }

  private static void elements(JsonReader reader, String owner, List<ModelInfo> models)
      throws MalformedJson {
    reader.beginArray();
    while (reader.nextElement()) {
      ModelInfo model = element(reader, owner);
      if (model != null && models.size() < MOST_MODELS) {
        models.add(model);
      }
    }
  }

  private static @Nullable ModelInfo element(JsonReader reader, String owner) throws MalformedJson {
    String id = null;
    String name = null;
    String owned = null;
    long created = 0;
    if (reader.peek() != JsonKind.OBJECT) {
      return null;
    }
    reader.beginObject();
    for (String member; (member = reader.nextMember()) != null; ) {
      JsonKind kind = reader.peek();
      boolean text = kind == JsonKind.STRING;
      switch (member) {
        case "id" -> id = text ? reader.string() : null;
        case "display_name", "name" -> name = text ? reader.string() : name;
        case "owned_by" -> owned = text ? reader.string() : null;
        case "created" -> created = kind == JsonKind.NUMBER ? (long) reader.number() : 0;
        case "created_at" -> created = text ? seconds(reader.string()) : created;
        default -> {}
      }
    }
    return id == null || id.isBlank() || id.length() > 1024
        ? null
        : new ModelInfo(id, name, Math.max(created, 0), owned == null ? owner : owned);
  }

  private static long seconds(String time) {
    try {
      return Instant.parse(time).getEpochSecond();
    } catch (DateTimeParseException _) {
      return 0;
    }
  }
}
