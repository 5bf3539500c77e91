package lip.testing.system;

/**
 * What is asked of the instance.
 *
 * @param shape how answers look on the wire
 * @param path where to
 * @param model model, and so the backend
 * @param stamps whether the stamp of a feature may come or go inside an answer
 */
public record Traffic(Shape shape, String path, String model, boolean stamps) {
  /** Form of an answer. Closed by nature: the checker knows each. */
  public enum Shape {
    /** Cells inside chunks of Chat Completions. */
    CHAT,
    /** Cells in records of the probe frontend. */
    PROBE,
    /** Words of the local stub inside chunks of Chat Completions. */
    WORDS,
    /** Any text inside chunks of Chat Completions: the text itself says who answered. */
    TEXT
  }

  private static final String CHAT_PATH = "/v1/chat/completions";

  /** Cells by Chat Completions. */
  public static Traffic chat(String model) {
    return new Traffic(Shape.CHAT, CHAT_PATH, model, false);
  }

  /** Cells by the probe frontend. */
  public static Traffic probe(String name, String model) {
    return new Traffic(Shape.PROBE, "/lip-test/" + name, model, false);
  }

  /** Words of the stub. */
  static Traffic words(String model) {
    return new Traffic(Shape.WORDS, CHAT_PATH, model, false);
  }

  /** A text of the stub. */
  public static Traffic text(String model) {
    return new Traffic(Shape.TEXT, CHAT_PATH, model, false);
  }

  /** The same, where a stamp may come or go inside an answer. */
  Traffic withLooseStamps() {
    return new Traffic(shape, path, model, true);
  }

  /** Media type of the request. */
  public String type() {
    return shape == Shape.PROBE ? "text/plain" : "application/json";
  }

  /** The request. */
  public String body() {
    return shape == Shape.PROBE
        ? model
        : """
        {"model":"%s","stream":true,"messages":[{"role":"user","content":"go"}]}\
        """
            .formatted(model);
  }
}
