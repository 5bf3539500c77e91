package lip.testing.benchmarks.upstream;

import java.util.List;

/** A protocol that clients and providers speak here. */
public enum Dialect {
  /** Chat Completions of OpenAI. */
  CHAT("chat", "/v1/chat/completions"),
  /** Messages of Anthropic. */
  MESSAGES("messages", "/v1/messages");

  private final String word;
  private final String path;

  Dialect(String word, String path) {
    this.word = word;
    this.path = path;
  }

  /** How it is called in tables and in the names of files and instances. */
  public String word() {
    return word;
  }

  /** Where its requests go. */
  public String path() {
    return path;
  }

  /** What a stream holds before its first event, in this order. */
  public List<String> opening() {
    return switch (this) {
      case CHAT -> List.of();
      case MESSAGES -> List.of("\"message_start\"", "\"content_block_start\"");
    };
  }

  /** What a stream holds after its last event, in this order. */
  public List<String> closing() {
    return switch (this) {
      case CHAT -> List.of("[DONE]");
      case MESSAGES -> List.of("\"content_block_stop\"", "\"message_delta\"", "\"message_stop\"");
    };
  }

  /** The dialect of a request, by its head in lower case. */
  static Dialect of(String head) {
    for (Dialect dialect : values()) {
      if (head.startsWith("post " + dialect.path + " ")) {
        return dialect;
      }
    }
    throw new IllegalArgumentException("nothing is served there: " + head);
  }
}
