package lip.frontend.anthropic;

import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import lip.sdk.backend.ModelInfo;
import lip.support.json.JsonWriter;
import org.jspecify.annotations.Nullable;

/** The models list as clients of this protocol read it, in pages. */
final class ModelsPage {
  private static final int USUAL = 20;
  private static final int MOST = 1000;

  private final Map<String, ModelInfo> models = new LinkedHashMap<>();

  ModelsPage(List<ModelInfo> all) {
    all.forEach(model -> models.putIfAbsent(model.id(), model));
  }

  /** A page, by {@code limit}, {@code after_id} and {@code before_id} of the query. */
  byte[] list(String query) {
    List<String> ids = new ArrayList<>(models.keySet());
    int from = ids.indexOf(value(query, "after_id")) + 1;
    int before = ids.indexOf(value(query, "before_id"));
    int limit = limit(value(query, "limit"));
    int to = before < 0 ? Math.min(ids.size(), from + limit) : before;
    from = before < 0 ? from : Math.max(0, before - limit);
    List<String> page = ids.subList(from, Math.max(from, to));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    JsonWriter out = new JsonWriter(bytes);
    out.beginObject().name("data").beginArray();
    for (String id : page) {
      ModelInfo model = models.get(id);
      if (model != null) {
        write(out, model);
      }
    }
    out.endArray().name("has_more").value(before < 0 ? to < ids.size() : from > 0);
    out.name("first_id").value(page.isEmpty() ? null : page.getFirst());
    out.name("last_id").value(page.isEmpty() ? null : page.getLast());
    out.endObject().flush();
    return bytes.toByteArray();
  }

  /** One model; null = there is none of this id. */
  byte @Nullable [] one(String id) {
    ModelInfo model = models.get(id);
    if (model == null) {
      return null;
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    JsonWriter out = new JsonWriter(bytes);
    write(out, model);
    out.flush();
    return bytes.toByteArray();
  }

  private static void write(JsonWriter out, ModelInfo model) {
    String name = model.displayName();
    out.beginObject().name("type").value("model").name("id").value(model.id());
    out.name("display_name").value(name == null ? model.id() : name);
    out.name("created_at").value(Instant.ofEpochSecond(model.created()).toString());
    out.endObject();
  }

  private static int limit(@Nullable String text) {
    return text != null && text.matches("[0-9]{1,5}")
        ? Math.clamp(Integer.parseInt(text), 1, MOST)
        : USUAL;
  }

  private static @Nullable String value(String query, String name) {
    for (String pair : query.split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals > 0 && pair.substring(0, equals).equals(name)) {
        return java.net.URLDecoder.decode(
            pair.substring(equals + 1), java.nio.charset.StandardCharsets.UTF_8);
      }
    }
    return null;
  }
}
