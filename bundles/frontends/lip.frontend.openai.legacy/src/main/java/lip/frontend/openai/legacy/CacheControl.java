package lip.frontend.openai.legacy;

import lip.api.CacheMarker;
import lip.support.json.JsonReader;
import lip.support.json.MalformedJson;
import lip.support.json.Members;

/** The {@code cache_control} object that several compatible providers take on parts and tools. */
final class CacheControl {
  private CacheControl() {}

  /** The marker that comes next; members that are not known go to the outer ones. */
  static CacheMarker read(JsonReader reader, Members outer) throws MalformedJson {
    String type = "ephemeral";
    String ttl = null;
    reader.beginObject();
    for (String name; (name = reader.nextMember()) != null; ) {
      switch (name) {
        case "type" -> type = reader.string();
        case "ttl" -> ttl = reader.stringOrNull();
        default -> outer.put("cache_control." + name, reader.raw());
      }
    }
    return new CacheMarker(type, ttl);
  }
}
