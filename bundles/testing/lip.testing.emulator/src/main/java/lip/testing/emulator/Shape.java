package lip.testing.emulator;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** What a value of a request must look like. Shapes are put together from smaller ones. */
@FunctionalInterface
public interface Shape {
  /** Anything. */
  Shape ANY = (_, _) -> {};

  /** A string. */
  Shape STRING = (path, value) -> need(value instanceof JsonValue.Text, path, "must be a string");

  /** true or false. */
  Shape BOOLEAN =
      (path, value) -> need(value instanceof JsonValue.Bool, path, "must be true or false");

  /** An object of any members. */
  Shape OBJECT = (path, value) -> need(value instanceof JsonValue.Obj, path, "must be an object");

  /** Passes, or throws {@link Illegal} with the path. */
  void check(String path, JsonValue value);

  /** Also null. */
  default Shape orNull() {
    return (path, value) -> {
      if (!value.equals(JsonValue.Null.NULL)) {
        check(path, value);
      }
    };
  }

  /** And something more. */
  default Shape and(Shape more) {
    return (path, value) -> {
      check(path, value);
      more.check(path, value);
    };
  }

  /** One of some words. */
  static Shape oneOf(String... words) {
    List<String> allowed = List.of(words);
    return (path, value) ->
        need(
            value instanceof JsonValue.Text(String text) && allowed.contains(text),
            path,
            "must be one of " + allowed);
  }

  /** A string that matches. */
  static Shape matching(String regex) {
    Pattern pattern = Pattern.compile(regex);
    return (path, value) ->
        need(
            value instanceof JsonValue.Text(String text) && pattern.matcher(text).matches(),
            path,
            "must be a string that matches " + regex);
  }

  /** A number of a range. */
  static Shape number(double min, double max) {
    return (path, value) ->
        need(
            value instanceof JsonValue.Num(BigDecimal number)
                && number.doubleValue() >= min
                && number.doubleValue() <= max,
            path,
            "must be a number from " + min + " to " + max);
  }

  /** A whole number of a range. */
  static Shape integer(long min, long max) {
    return (path, value) ->
        need(
            value instanceof JsonValue.Num number
                && number.whole()
                && number.value().compareTo(BigDecimal.valueOf(min)) >= 0
                && number.value().compareTo(BigDecimal.valueOf(max)) <= 0,
            path,
            "must be a whole number from " + min + " to " + max);
  }

  /** An array of so many elements of a shape. */
  static Shape list(int min, int max, Shape element) {
    return (path, value) -> {
      if (!(value instanceof JsonValue.Arr(List<JsonValue> elements))) {
        throw new Illegal(path, "must be an array");
      }
      need(
          elements.size() >= min && elements.size() <= max,
          path,
          "must have " + min + " to " + max + " elements, has " + elements.size());
      for (int i = 0; i < elements.size(); i++) {
        element.check(path + "[" + i + "]", elements.get(i));
      }
    };
  }

  /** A string, or a list of these. */
  static Shape stringOr(Shape list) {
    return (path, value) -> {
      if (!(value instanceof JsonValue.Text)) {
        need(value instanceof JsonValue.Arr, path, "must be a string or an array");
        list.check(path, value);
      }
    };
  }

  /** An object of exactly these members; a name with {@code !} at its end is required. */
  static Shape members(Map<String, Shape> members) {
    return members(members, false);
  }

  /** The same, with unknown members allowed or not. */
  static Shape members(Map<String, Shape> members, boolean open) {
    List<String> required = new ArrayList<>();
    members.keySet().stream().filter(name -> name.endsWith("!")).forEach(required::add);
    return (path, value) -> {
      if (!(value instanceof JsonValue.Obj object)) {
        throw new Illegal(path, "must be an object");
      }
      Set<String> present = object.members().keySet();
      for (String name : required) {
        String bare = name.substring(0, name.length() - 1);
        need(present.contains(bare), join(path, bare), "is required");
      }
      object
          .members()
          .forEach((name, member) -> {
            Shape shape = members.getOrDefault(name, members.get(name + "!"));
            if (shape != null) {
              shape.check(join(path, name), member);
            } else {
              need(open, join(path, name), "is not known here");
            }
          });
    };
  }

  /** An object whose member {@code type} says which of these it is. */
  static Shape typed(Map<String, Map<String, Shape>> byType) {
    return (path, value) -> {
      if (!(value instanceof JsonValue.Obj object)) {
        throw new Illegal(path, "must be an object");
      }
      Map<String, Shape> members = byType.get(object.text("type"));
      if (members == null) {
        String[] types = byType.keySet().stream().sorted().toArray(String[]::new);
        throw new Illegal(join(path, "type"), "must be one of " + Arrays.toString(types));
      }
      Map<String, Shape> withType = new java.util.HashMap<>(members);
      withType.put("type", STRING);
      members(withType).check(path, value);
    };
  }

  /** The path of a member. */
  static String join(String path, String name) {
    return path.isEmpty() ? name : path + "." + name;
  }

  /** Throws {@link Illegal} unless fine. */
  static void need(boolean fine, String path, String problem) {
    if (!fine) {
      throw new Illegal(path, problem);
    }
  }
}
