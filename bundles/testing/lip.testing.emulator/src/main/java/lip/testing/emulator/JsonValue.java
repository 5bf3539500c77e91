package lip.testing.emulator;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * A JSON value as a tree, for checking requests and making answers. {@code toString()} is the JSON
 * text.
 */
public sealed interface JsonValue {
  /** An object; members in order. */
  record Obj(SequencedMap<String, JsonValue> members) implements JsonValue {
    /** Copies. */
    public Obj {
      members = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(members));
    }

    /** A member; {@code null} in JSON when it is absent. */
    public JsonValue get(String name) {
      JsonValue value = members.get(name);
      return value == null ? Null.NULL : value;
    }

    /** Text of a member; empty when it is absent or no string. */
    public String text(String name) {
      return get(name) instanceof Text(String text) ? text : "";
    }

    /** Elements of a member; empty when it is absent or no array. */
    public List<JsonValue> list(String name) {
      return get(name) instanceof Arr(List<JsonValue> elements) ? elements : List.of();
    }

    /** This object and one more member, or another value for it. */
    public Obj with(String name, @Nullable Object value) {
      SequencedMap<String, JsonValue> changed = new LinkedHashMap<>(members);
      changed.put(name, of(value));
      return new Obj(changed);
    }

    @Override
    public String toString() {
      List<String> texts = new ArrayList<>();
      members.forEach((name, value) -> texts.add(new Text(name) + ":" + value));
      return "{" + String.join(",", texts) + "}";
    }
  }

  /** An array. */
  record Arr(List<JsonValue> elements) implements JsonValue {
    /** Copies. */
    public Arr {
      elements = List.copyOf(elements);
    }

    @Override
    public String toString() {
      return "[" + String.join(",", elements.stream().map(JsonValue::toString).toList()) + "]";
    }
  }

  /** A string. */
  record Text(String value) implements JsonValue {
    @Override
    public String toString() {
      return JsonText.quote(value);
    }
  }

  /** A number. */
  record Num(BigDecimal value) implements JsonValue {
    /** Whether it is a whole number. */
    public boolean whole() {
      return value.stripTrailingZeros().scale() <= 0;
    }

    @Override
    public String toString() {
      return value.toString();
    }
  }

  /** {@code true} or {@code false}. */
  record Bool(boolean value) implements JsonValue {
    @Override
    public String toString() {
      return Boolean.toString(value);
    }
  }

  /** {@code null}. Closed by nature. */
  enum Null implements JsonValue {
    /** The only one. */
    NULL;

    @Override
    public String toString() {
      return "null";
    }
  }

  /** An object from names and values in turn; values as in {@link #of}. */
  static Obj object(@Nullable Object... namesAndValues) {
    SequencedMap<String, JsonValue> members = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      members.put(String.valueOf(namesAndValues[i]), of(namesAndValues[i + 1]));
    }
    return new Obj(members);
  }

  /** An array; elements as in {@link #of}. */
  static Arr array(@Nullable Object... elements) {
    List<JsonValue> values = new ArrayList<>();
    for (Object element : elements) {
      values.add(of(element));
    }
    return new Arr(values);
  }

  /** From a String, number, Boolean, List, Map, JsonValue or null. */
  static JsonValue of(@Nullable Object value) {
    return switch (value) {
      case null -> Null.NULL;
      case JsonValue json -> json;
      case String text -> new Text(text);
      case Boolean bool -> new Bool(bool);
      case Number number -> new Num(new BigDecimal(number.toString()));
      case List<?> list -> new Arr(list.stream().map(JsonValue::of).toList());
      case Map<?, ?> map -> {
        SequencedMap<String, JsonValue> members = new LinkedHashMap<>();
        map.forEach((name, member) -> members.put(String.valueOf(name), of(member)));
        yield new Obj(members);
      }
      default -> throw new IllegalArgumentException("no JSON value: " + value.getClass());
    };
  }
}
