package lip.support.json;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;
import lip.api.Dialect;
import lip.api.Extensions;
import lip.api.Json;
import lip.api.Limits;
import lip.api.call.Source.Field;
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
  // Where the members stand; null = nobody wants to know.
  private @Nullable List<Field> fields;
  private @Nullable String name;
  private int start;
  private int value;

  /** Enters the object that comes next. */
  public Members(JsonReader reader, Dialect dialect) throws MalformedJson {
    this.reader = reader;
    this.dialect = dialect;
    reader.beginObject();
  }

  /** Enters the object that is the whole body of a request, and keeps where its members stand. */
  public static Members ofBody(JsonReader reader, Dialect dialect) throws MalformedJson {
    Members members = new Members(reader, dialect);
    members.fields = new ArrayList<>();
    return members;
  }

  /**
   * The next name; null = the object has ended.
   *
   * @throws MalformedJson also when a name stands twice, and when more was kept than the model
   *     holds ({@link Limits#EXTENSION_KEYS})
   */
  public @Nullable String next() throws MalformedJson {
    if (fields != null && name != null) {
      fields.add(new Field(name, start, value, reader.memberEnd()));
    }
    if (unknown != null && unknown.size() > Limits.EXTENSION_KEYS) {
      throw reader.failure(
          "comes after "
              + Limits.EXTENSION_KEYS
              + " members that are not known; more are not kept");
    }
    name = reader.nextMember();
    if (name == null) {
      return null;
    }
    if (!fresh(name)) {
      throw reader.failure("stands twice in its object");
    }
    if (fields != null) {
      start = (int) reader.tokenStart();
      reader.peek();
      value = (int) reader.tokenStart();
    }
    return name;
  }

  /** Where the members of a body stand; whole once {@link #next} has said that it ended. */
  public List<Field> fields() {
    return fields == null ? List.of() : fields;
  }

  /** Keeps the value of the current member. */
  public void keep(String name) throws MalformedJson {
    put(name, reader.raw());
  }

  /** Keeps a value; one too many is refused by {@link #next}. */
  public void put(String name, Json value) {
    if (unknown == null) {
      unknown = new LinkedHashMap<>();
    }
    if (unknown.size() <= Limits.EXTENSION_KEYS) {
      unknown.put(name, value);
    }
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
