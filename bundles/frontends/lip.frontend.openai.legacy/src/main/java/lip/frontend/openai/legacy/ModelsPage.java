package lip.frontend.openai.legacy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import lip.sdk.backend.ModelInfo;
import lip.support.json.JsonBuffer;
import lip.support.json.JsonWriter;
import org.jspecify.annotations.Nullable;

/**
 * The models list: one object that OpenAI and Anthropic clients both understand (protocol page
 * 1.7).
 */
final class ModelsPage {
  private final Map<String, ModelInfo> models = new LinkedHashMap<>();

  ModelsPage(List<ModelInfo> all) {
    all.forEach(model -> models.putIfAbsent(model.id(), model));
  }

  byte[] list() {
    JsonBuffer out = new JsonBuffer();
    JsonWriter writer = new JsonWriter(out);
    List<String> ids = new ArrayList<>(models.keySet());
    writer.beginObject().name("object").value("list").name("data").beginArray();
    models.values().forEach(model -> write(writer, model));
    writer.endArray();
    writer.name("has_more").value(false);
    writer.name("first_id").value(ids.isEmpty() ? null : ids.getFirst());
    writer.name("last_id").value(ids.isEmpty() ? null : ids.getLast());
    writer.endObject().flush();
    return out.toBytes();
  }

  /** One model; null = there is none of this id. */
  byte @Nullable [] one(String id) {
    ModelInfo model = models.get(id);
    if (model == null) {
      return null;
    }
    JsonBuffer out = new JsonBuffer();
    JsonWriter writer = new JsonWriter(out);
    write(writer, model);
    writer.flush();
    return out.toBytes();
  }

  private static void write(JsonWriter out, ModelInfo model) {
    String name = model.displayName();
    out.beginObject().name("id").value(model.id());
    out.name("object").value("model").name("type").value("model");
    out.name("created").value(model.created());
    out.name("created_at").value(Instant.ofEpochSecond(model.created()).toString());
    out.name("owned_by").value(model.ownedBy());
    out.name("display_name").value(name == null ? model.id() : name);
    out.endObject();
  }
}
