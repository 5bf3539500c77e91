package lip.support.cfg;

import org.jspecify.annotations.Nullable;

/** A text that is refused. The message never repeats a value, which may be a secret. */
public final class CfgProblem extends Exception {
  private static final long serialVersionUID = 1L;

  private final int line;
  private final @Nullable String key;
  private final String reason;

  CfgProblem(int line, @Nullable String key, String reason) {
    super((line > 0 ? "line " + line + ": " : "") + (key == null ? "" : key + ": ") + reason);
    this.line = line;
    this.key = key;
    this.reason = line > 0 ? reason + " (line " + line + ")" : reason;
  }

  /** Line, counted from 1; 0 = the whole text. */
  public int line() {
    return line;
  }

  /** Key; null = the line has none. */
  public @Nullable String key() {
    return key;
  }

  /** What is wrong and what to write instead, with the line. */
  public String reason() {
    return reason;
  }
}
