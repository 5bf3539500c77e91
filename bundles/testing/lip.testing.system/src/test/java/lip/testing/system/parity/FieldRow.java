package lip.testing.system.parity;

import java.util.Map;
import lip.testing.emulator.JsonValue;

/**
 * One member of one type.
 *
 * @param type name in the vendor's client
 * @param field name on the wire
 * @param body a whole body with an object of the type in it
 * @param at pointer to that object
 * @param value the value that is tried
 * @param head further header fields of the request
 * @param older whether it is no member of the type, but older clients or other vendors have it
 * @param same what becomes of it in the same dialect
 * @param changed the same, when a feature changed the call
 * @param other what becomes of it in the other one
 * @param test {@code Class#method} that captured it
 * @param note for readers; empty = none
 */
record FieldRow(
    String type,
    String field,
    JsonValue body,
    String at,
    JsonValue value,
    Map<String, String> head,
    boolean older,
    Verdict same,
    Verdict changed,
    Verdict other,
    String test,
    String note) {

  /** Pointer to the member. */
  String pointer() {
    return at + "/" + field;
  }

  /** The same row tried in another body. */
  FieldRow in(JsonValue other) {
    return new FieldRow(
        type, field, other, at, value, head, older, same, changed, this.other, test, note);
  }

  /** The body with the value. */
  JsonValue with() {
    return Pointers.set(body, pointer(), value);
  }

  /** The body with another value, or without the member. */
  JsonValue without() {
    return value.equals(Pointers.get(body, pointer())) ? Pointers.remove(body, pointer()) : body;
  }

  /** The body without the objects of a verdict. */
  JsonValue without(Verdict.Gone gone) {
    JsonValue rest = body;
    for (String pointer : (gone.pointer().isEmpty() ? at : gone.pointer()).split(" ")) {
      rest = Pointers.remove(rest, pointer);
    }
    return rest;
  }

  @Override
  public String toString() {
    return type + "." + field;
  }
}
