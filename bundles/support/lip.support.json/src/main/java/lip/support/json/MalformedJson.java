package lip.support.json;

import java.io.IOException;

/**
 * Text that is not JSON, or JSON of another shape than needed. Says where, never what stands there.
 */
public final class MalformedJson extends IOException {
  private static final long serialVersionUID = 1L;

  private final String path;
  private final String problem;
  private final long offset;

  /**
   * @param path such as {@code messages[2].content}; empty = the whole text
   * @param problem what is wrong and what is needed, without content
   * @param offset byte from which on it is wrong
   */
  public MalformedJson(String path, String problem, long offset) {
    super((path.isEmpty() ? "" : path + ": ") + problem + " (at byte " + offset + ")");
    this.path = path;
    this.problem = problem;
    this.offset = offset;
  }

  /** The same of a text that stands inside of another one: the path begins with its place. */
  public MalformedJson inside(String place) {
    boolean joined = path.isEmpty() || path.startsWith("[") || path.startsWith(".");
    return new MalformedJson(place + (joined ? "" : ".") + path, problem, offset);
  }

  /** Path of the value; empty = the whole text. */
  public String path() {
    return path;
  }

  /** The message without path and offset. */
  public String problem() {
    return problem;
  }

  /** Where in the text, in bytes from its beginning. */
  public long offset() {
    return offset;
  }
}
