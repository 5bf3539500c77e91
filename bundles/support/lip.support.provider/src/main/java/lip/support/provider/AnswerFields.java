package lip.support.provider;

import java.util.LinkedHashMap;
import java.util.Map;
import lip.api.Json;
import lip.api.Limits;
import lip.support.json.MalformedJson;

/**
 * The fields of an answer that have no place in the model, each with its last value. Somebody keeps
 * them until the answer ends, so they are bounded: {@link Limits#EXTENSION_KEYS} names, and {@link
 * Limits#EXTENSION_VALUE} bytes in all. One per answer, one thread.
 */
public final class AnswerFields {
  private final Map<String, Json> last = new LinkedHashMap<>();
  private long size;

  /**
   * Takes a value, in bytes of its own: the record around it may be large.
   *
   * @return whether the field did not have this value before
   * @throws MalformedJson when there are too many fields or they are too large
   */
  public boolean take(String name, Json value) throws MalformedJson {
    Json known = last.get(name);
    if (known != null && known.equals(value)) {
      return false;
    }
    size += known == null ? name.length() : -known.length();
    size += value.length();
    if (size > Limits.EXTENSION_VALUE) {
      throw new MalformedJson(
          "", "the answer has more than " + Limits.EXTENSION_VALUE + " bytes of other fields", 0);
    }
    last.put(name, Json.slice(value.toBytes(), 0, value.length()));
    if (last.size() > Limits.EXTENSION_KEYS) {
      throw new MalformedJson(
          "", "the answer has more than " + Limits.EXTENSION_KEYS + " other fields", 0);
    }
    return true;
  }

  /** The last value of a field that was taken. */
  public Json value(String name) {
    return last.getOrDefault(name, Json.NULL);
  }

  /** The fields in the order in which they came first. */
  public Map<String, Json> all() {
    return last;
  }
}
