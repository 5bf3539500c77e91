package lip.testing.benchmarks.load;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Arrays;
import java.util.Locale;

/** Takes one HTTP/1.1 answer apart and hands its body on. */
final class AnswerReader {
  private enum State {
    HEAD,
    SIZE,
    DATA,
    DATA_END,
    LENGTH,
    TRAILER,
    DONE
  }

  private final BodyCheck body;
  private State state = State.HEAD;
  private byte[] line = new byte[1024];
  private int lineLength;
  private long left;
  private int status;

  AnswerReader(BodyCheck body) {
    this.body = body;
  }

  void reset() {
    state = State.HEAD;
    lineLength = 0;
    status = 0;
  }

  int status() {
    return status;
  }

  boolean done() {
    return state == State.DONE;
  }

  /** Takes bytes; false when this is no answer that a proxy may give. */
  boolean take(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to) {
      switch (state) {
        case HEAD -> {
          keep(bytes[at++]);
          if (endsHead() && !head()) {
            return false;
          }
        }
        case SIZE -> {
          byte next = bytes[at++];
          if (next == '\n') {
            size();
          } else {
            keep(next);
          }
        }
        case DATA, LENGTH -> {
          int count = (int) Math.min(to - at, left);
          body.take(bytes, at, at + count);
          at += count;
          left -= count;
          if (left == 0) {
            lineLength = 0;
            state = state == State.DATA ? State.DATA_END : State.DONE;
          }
        }
        case DATA_END -> {
          if (bytes[at++] == '\n') {
            state = State.SIZE;
          }
        }
        case TRAILER -> {
          byte next = bytes[at++];
          if (next == '\n') {
            state = lineLength == 0 ? State.DONE : State.TRAILER;
            lineLength = 0;
          } else if (next != '\r') {
            keep(next);
          }
        }
        case DONE -> {
          return false; // More than the answer.
        }
      }
    }
    return true;
  }

  private void keep(byte next) {
    if (lineLength == line.length) {
      line = Arrays.copyOf(line, lineLength * 2);
    }
    line[lineLength++] = next;
  }

  private boolean endsHead() {
    int n = lineLength;
    return n >= 4
        && line[n - 1] == '\n'
        && line[n - 2] == '\r'
        && line[n - 3] == '\n'
        && line[n - 4] == '\r';
  }

  private boolean head() {
    String head = new String(line, 0, lineLength, ISO_8859_1).toLowerCase(Locale.ROOT);
    lineLength = 0;
    if (!head.startsWith("http/1.1 ")) {
      return false;
    }
    status = Integer.parseInt(head.substring(9, 12));
    int at = head.indexOf("\r\ncontent-length:");
    if (head.contains("\r\ntransfer-encoding: chunked")) {
      state = State.SIZE;
    } else if (at >= 0) {
      left = Long.parseLong(head.substring(at + 17, head.indexOf("\r\n", at + 2)).trim());
      state = left == 0 ? State.DONE : State.LENGTH;
    } else {
      return false; // An end that only the close of the connection tells.
    }
    return true;
  }

  private void size() {
    String text = new String(line, 0, lineLength, ISO_8859_1).trim();
    left = Long.parseLong(text, 16);
    lineLength = 0;
    state = left == 0 ? State.TRAILER : State.DATA;
  }
}
