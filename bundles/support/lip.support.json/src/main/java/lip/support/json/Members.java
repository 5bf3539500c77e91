package lip.support.json;

import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.Set;
import lip.api.Dialect;
import lip.api.Extensions;
import lip.api.Json;
import org.jspecify.annotations.Nullable;

/**
 * The members of one object of a request. A name that stands twice is refused: we and the provider
 * might each believe another one, and what a stage has checked would not be what is sent. Members
 * that are not known are kept for the same dialect.
 */
public final class Members {
  private static final int FEW = 24;

  private final JsonReader reader;
  private final Dialect dialect;
  private String[] few = new String[6];
  private int count;
  private @Nullable Set<String> many;
  private @Nullable SequencedMap<String, Json> unknown;

  /** Enters the object that comes next. */
  public Members(JsonReader reader, Dialect dialect) throws MalformedJson {
    this.reader = reader;
    this.dialect = dialect;
    reader.beginObject();
  }

  /** The next name; null = the object has ended. */
  public @Nullable String next() throws MalformedJson {
    String name = reader.nextMember();
    if (name != null && !fresh(name)) {
      throw reader.failure("stands twice in its object");
    }
    return name;
  }

  /** Keeps the value of the current member. */
  public void keep(String name) throws MalformedJson {
    put(name, reader.raw());
  }

  /** Keeps a value. */
  public void put(String name, Json value) {
    if (unknown == null) {
      unknown = new LinkedHashMap<>();
    }
    unknown.put(name, value);
  }

  /** What was kept. */
  public Extensions extensions() {
    return unknown == null ? Extensions.NONE : Extensions.of(dialect, unknown);
  }

  private boolean fresh(String name) {
    if (many != null) {
      return many.add(name);
    }
    for (int i = 0; i < count; i++) {
      if (few[i].equals(name)) {
        return false;
      }
    }
    if (count == FEW) {
      many = new HashSet<>(Arrays.asList(few));
      return many.add(name);
    }
    if (count == few.length) {
      few = Arrays.copyOf(few, FEW);
    }
    few[count++] = name;
    return true;
  }
}
