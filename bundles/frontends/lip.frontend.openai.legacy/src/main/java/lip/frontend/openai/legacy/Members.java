package lip.frontend.openai.legacy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;
import lip.api.Dialect;
import lip.api.Extensions;
import lip.api.Json;
import lip.support.json.JsonReader;
import lip.support.json.MalformedJson;
import org.jspecify.annotations.Nullable;

/**
 * The members of one object. A name that stands twice is refused: we and the provider might each
 * believe another one, and what a stage has checked would not be what is sent.
 */
final class Members {
  private static final int FEW = 24;

  private final JsonReader reader;
  private final List<String> few = new ArrayList<>(12);
  private @Nullable Set<String> many;
  private @Nullable SequencedMap<String, Json> unknown;

  Members(JsonReader reader) throws MalformedJson {
    this.reader = reader;
    reader.beginObject();
  }

  /** The next name; null = the object has ended. */
  @Nullable String next() throws MalformedJson {
    String name = reader.nextMember();
    if (name != null && !fresh(name)) {
      throw reader.failure("stands twice in its object");
    }
    return name;
  }

  /** Keeps the value of the current member. */
  void keep(String name) throws MalformedJson {
    put(name, reader.raw());
  }

  /** Keeps a value. */
  void put(String name, Json value) {
    if (unknown == null) {
      unknown = new LinkedHashMap<>();
    }
    unknown.put(name, value);
  }

  /** What was kept. */
  Extensions extensions() {
    return unknown == null ? Extensions.NONE : Extensions.of(Dialect.OPENAI_CHAT, unknown);
  }

  private boolean fresh(String name) {
    if (many != null) {
      return many.add(name);
    }
    for (int i = 0; i < few.size(); i++) {
      if (few.get(i).equals(name)) {
        return false;
      }
    }
    few.add(name);
    if (few.size() > FEW) {
      many = new HashSet<>(few);
    }
    return true;
  }
}
