package lip.support.json;

/** What sort of value comes next. Closed by nature. */
public enum JsonKind {
  /** {@code {}}. */
  OBJECT("an object"),
  /** {@code []}. */
  ARRAY("an array"),
  /** Text. */
  STRING("a string"),
  /** Number. */
  NUMBER("a number"),
  /** {@code true} or {@code false}. */
  BOOLEAN("true or false"),
  /** {@code null}. */
  NULL("null");

  private final String words;

  JsonKind(String words) {
    this.words = words;
  }

  /** For messages. */
  String words() {
    return words;
  }
}
