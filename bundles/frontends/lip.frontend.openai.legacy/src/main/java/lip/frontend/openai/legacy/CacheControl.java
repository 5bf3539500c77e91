package lip.frontend.openai.legacy;

import lip.api.CacheMarker;
import lip.support.json.JsonReader;
import lip.support.json.MalformedJson;

/** The {@code cache_control} object that several compatible providers take on parts and tools. */
final class CacheControl {
  private CacheControl() {}

  static CacheMarker read(JsonReader reader) throws MalformedJson {
    String type = "ephemeral";
    String ttl = null;
    reader.beginObject();
    for (String name; (name = reader.nextMember()) != null; ) {
      switch (name) {
        case "type" -> type = reader.string();
        case "ttl" -> ttl = reader.stringOrNull();
        default -> {}
      }
    }
    return new CacheMarker(type, ttl);
  }
}
