package lip.support.json;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import lip.api.call.Source.Field;

/**
 * Finds the members of an object that a parser has accepted before: values are passed over by their
 * brackets and quotes, nothing is checked again. Of a text that is not valid JSON the answer is
 * worthless, but it ends inside the array or with an {@link IndexOutOfBoundsException}.
 */
final class KnownObject {
  private final byte[] body;
  private int at;

  private KnownObject(byte[] body) {
    this.body = body;
  }

  /** The offset behind the opening bracket, and the members in their order. */
  record Found(int open, List<Field> members) {}

  static Found read(byte[] body) throws MalformedJson {
    return new KnownObject(body).object();
  }

  private Found object() throws MalformedJson {
    while (body[at] != '{') {
      at++; // A byte order mark or white space.
    }
    int open = ++at;
    List<Field> members = new ArrayList<>();
    for (blank(); body[at] != '}'; blank()) {
      if (body[at] == ',') {
        at++;
        blank();
      }
      int start = at;
      String name = name();
      blank();
      at++; // The colon.
      blank();
      int value = at;
      skip();
      members.add(new Field(name, start, value, at));
    }
    return new Found(open, members);
  }

  private String name() throws MalformedJson {
    int start = at;
    boolean plain = true;
    for (at++; body[at] != '"'; at++) {
      plain &= body[at] > 0 && body[at] != '\\';
      if (body[at] == '\\') {
        at++;
      }
    }
    at++;
    return plain
        ? new String(body, start + 1, at - start - 2, StandardCharsets.ISO_8859_1)
        : JsonReader.of(body, start, at - start).string();
  }

  private void skip() {
    switch (body[at]) {
      case '"' -> string();
      case '{', '[' -> nested();
      default -> {
        while (body[at] != ',' && body[at] != '}' && body[at] > ' ') {
          at++;
        }
      }
    }
  }

  private void nested() {
    int depth = 0;
    do {
      switch (body[at]) {
        case '"' -> string();
        case '{', '[' -> {
          depth++;
          at++;
        }
        case '}', ']' -> {
          depth--;
          at++;
        }
        default -> at++;
      }
    } while (depth > 0);
  }

  private void string() {
    byte[] bytes = body;
    int i = at + 1;
    while (true) {
      if (i + 8 <= bytes.length) {
        long stop = EightBytes.quotesAndEscapes((long) EightBytes.LONGS.get(bytes, i));
        if (stop == 0) {
          i += 8;
          continue;
        }
        i += EightBytes.first(stop);
      }
      if (bytes[i] == '"') {
        break;
      }
      i += bytes[i] == '\\' ? 2 : 1;
    }
    at = i + 1;
  }

  private void blank() {
    while (body[at] <= ' ' && body[at] > 0) {
      at++;
    }
  }
}
