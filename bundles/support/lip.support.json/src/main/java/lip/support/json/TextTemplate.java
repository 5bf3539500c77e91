package lip.support.json;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The fast path of a stream. Most records of an answer differ in one text only; what stands around
 * it is remembered from a record that was really parsed and meant nothing but that text. A record
 * with the same bytes around another text then means that text, whatever they say. Everything else
 * is parsed. One per stream, one thread.
 */
public final class TextTemplate {
  /** Servers that pad every chunk differently never match: stop trying. */
  private static final int MOST_LESSONS = 32;

  private int lessons;
  private byte[] before = {};
  private byte[] after = {};

  /** One that has learned nothing yet. */
  public TextTemplate() {}

  /** The text of a record that fits; null = it must be parsed. */
  public @Nullable String match(byte[] bytes, int offset, int length) {
    int from = offset + before.length;
    int to = offset + length - after.length;
    if (before.length == 0
        || from >= to
        || !Arrays.equals(bytes, to, offset + length, after, 0, after.length)
        || !Arrays.equals(bytes, offset, from, before, 0, before.length)) {
      return null;
    }
    lessons = 0;
    return text(bytes, from, to);
  }

  /** Forgets it: records mean something else from now on. */
  public void forget() {
    before = new byte[0];
  }

  /**
   * Takes a parsed record as the template, when its text can be found in it.
   *
   * @param member name of the member that holds the text
   */
  public void learn(byte[] chunk, String member, String text) {
    int from = lessons < MOST_LESSONS ? textStart(chunk, member) : -1;
    lessons++;
    if (from < 0) {
      return;
    }
    int to = from;
    while (to < chunk.length && chunk[to] != '"' && chunk[to] != '\\') {
      to++;
    }
    if (to < chunk.length && chunk[to] == '"' && text.equals(text(chunk, from, to))) {
      before = Arrays.copyOf(chunk, from);
      after = Arrays.copyOfRange(chunk, to, chunk.length);
    }
  }

  /**
   * A text without anything that would need a parser: quotes, control characters, escapes other
   * than the usual ones.
   */
  private static @Nullable String text(byte[] bytes, int from, int to) {
    int escape = -1;
    for (int i = from; i < to; i++) {
      byte b = bytes[i];
      if (b == '"' || (b >= 0 && b < 0x20)) {
        return null;
      }
      if (b == '\\') {
        escape = escape < 0 ? i : escape;
        i++;
      }
    }
    return escape < 0
        ? new String(bytes, from, to - from, StandardCharsets.UTF_8)
        : unescaped(bytes, from, to);
  }

  private static @Nullable String unescaped(byte[] bytes, int from, int to) {
    byte[] plain = new byte[to - from];
    int count = 0;
    for (int i = from; i < to; i++) {
      byte b = bytes[i];
      if (b == '\\') {
        if (++i == to) {
          return null;
        }
        switch (bytes[i]) {
          case 'n' -> b = '\n';
          case 't' -> b = '\t';
          case 'r' -> b = '\r';
          case '"', '\\', '/' -> b = bytes[i];
          default -> {
            return null;
          }
        }
      }
      plain[count++] = b;
    }
    return new String(plain, 0, count, StandardCharsets.UTF_8);
  }

  private static int textStart(byte[] chunk, String member) {
    byte[] name = ('"' + member + '"').getBytes(StandardCharsets.US_ASCII);
    for (int at = 0; at + name.length < chunk.length; at++) {
      if (chunk[at] == '"' && Arrays.equals(chunk, at, at + name.length, name, 0, name.length)) {
        int value = blanks(chunk, at + name.length);
        if (value < chunk.length && chunk[value] == ':') {
          value = blanks(chunk, value + 1);
          if (value < chunk.length && chunk[value] == '"') {
            return value + 1;
          }
        }
      }
    }
    return -1;
  }

  private static int blanks(byte[] chunk, int at) {
    int end = at;
    while (end < chunk.length && chunk[end] == ' ') {
      end++;
    }
    return end;
  }
}
