package lip.testing.system.parity;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import lip.testing.emulator.JsonValue;
import org.jspecify.annotations.Nullable;

/** JSON pointers, without escapes: no name here needs one. */
final class Pointers {
  private Pointers() {}

  /** What is there; null = nothing. */
  static @Nullable JsonValue get(JsonValue root, String pointer) {
    JsonValue now = root;
    for (String step : steps(pointer)) {
      now =
          switch (now) {
            case JsonValue.Obj object -> object.members().get(step);
            case JsonValue.Arr(List<JsonValue> list)
                when step.matches("\\d+") && Integer.parseInt(step) < list.size() ->
                list.get(Integer.parseInt(step));
            default -> null;
          };
      if (now == null) {
        return null;
      }
    }
    return now;
  }

  /** With a value put or replaced; the way to it must be there. */
  static JsonValue set(JsonValue root, String pointer, JsonValue value) {
    return change(root, steps(pointer), value);
  }

  /** Without the member or element. */
  static JsonValue remove(JsonValue root, String pointer) {
    return change(root, steps(pointer), null);
  }

  private static JsonValue change(JsonValue root, List<String> steps, @Nullable JsonValue value) {
    String step = steps.getFirst();
    List<String> rest = steps.subList(1, steps.size());
    switch (root) {
      case JsonValue.Obj(SequencedMap<String, JsonValue> members) -> {
        SequencedMap<String, JsonValue> changed = new LinkedHashMap<>(members);
        if (!rest.isEmpty()) {
          changed.put(step, change(need(members.get(step), step), rest, value));
        } else if (value == null) {
          changed.remove(step);
        } else {
          changed.put(step, value);
        }
        return new JsonValue.Obj(changed);
      }
      case JsonValue.Arr(List<JsonValue> list) -> {
        List<JsonValue> changed = new ArrayList<>(list);
        int index = Integer.parseInt(step);
        if (!rest.isEmpty()) {
          changed.set(index, change(need(list.get(index), step), rest, value));
        } else if (value == null) {
          changed.remove(index);
        } else {
          changed.set(index, value);
        }
        return new JsonValue.Arr(changed);
      }
      default -> throw new IllegalArgumentException("no way to " + step);
    }
  }

  private static JsonValue need(@Nullable JsonValue value, String step) {
    if (value == null) {
      throw new IllegalArgumentException("no " + step);
    }
    return value;
  }

  private static List<String> steps(String pointer) {
    return pointer.isEmpty() ? List.of() : List.of(pointer.substring(1).split("/", -1));
  }
}
