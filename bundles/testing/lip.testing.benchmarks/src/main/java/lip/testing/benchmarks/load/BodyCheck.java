package lip.testing.benchmarks.load;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Arrays;
import java.util.stream.Stream;
import lip.testing.benchmarks.upstream.Dialect;
import lip.testing.benchmarks.upstream.Mode;

/**
 * Reads the body of an answer: finds the marks {@code @number:nanos@} of events, whatever framing
 * is around them, the marks of the dialect before and after them, and keeps what else it needs to
 * say whether the answer is right.
 */
final class BodyCheck {
  private static final byte[] TEXT = Mode.TEXT.getBytes(ISO_8859_1);
  private static final int KEPT = 8192;

  private enum At {
    TEXT,
    NUMBER,
    TIME
  }

  private final Samples delays;
  private final byte[][] frame;
  private final int before;
  private final Expected expected;
  private byte[] start = new byte[256];
  private int startLength;
  private At at = At.TEXT;
  private long number;
  private long time;
  private int events;
  private boolean disordered;
  private int framed;
  private int matched;

  BodyCheck(Dialect dialect, Expected expected, Samples delays) {
    before = dialect.opening().size();
    frame =
        Stream.concat(dialect.opening().stream(), dialect.closing().stream())
            .map(mark -> mark.getBytes(ISO_8859_1))
            .toArray(byte[][]::new);
    this.expected = expected;
    this.delays = delays;
  }

  void reset() {
    startLength = 0;
    at = At.TEXT;
    events = 0;
    disordered = false;
    framed = 0;
    matched = 0;
  }

  int events() {
    return events;
  }

  /** Takes the next bytes of the body. */
  void take(byte[] bytes, int from, int to) {
    keep(bytes, from, to);
    if (expected == Expected.TEXT) {
      return;
    }
    for (int i = from; i < to; i++) {
      byte next = bytes[i];
      switch (at) {
        case TEXT -> {
          if (next == '@') {
            at = At.NUMBER;
            number = 0;
          } else if (framed < frame.length) {
            frame(next);
          }
        }
        case NUMBER -> {
          if (next == ':') {
            at = At.TIME;
            time = 0;
          } else {
            number = number * 10 + next - '0';
          }
        }
        case TIME -> {
          if (next == '@') {
            at = At.TEXT;
            disordered |= number != events || framed != before;
            events++;
            delays.add(System.nanoTime() - time);
          } else {
            time = time * 10 + next - '0';
          }
        }
      }
    }
  }

  private void frame(byte next) {
    byte[] mark = frame[framed];
    matched = next == mark[matched] ? matched + 1 : next == mark[0] ? 1 : 0;
    if (matched == mark.length) {
      framed++;
      matched = 0;
    }
  }

  private boolean ended() {
    return framed == frame.length;
  }

  private void keep(byte[] bytes, int from, int to) {
    int limit = expected == Expected.TEXT ? KEPT : 256;
    int count = Math.min(to - from, limit - startLength);
    if (count > 0) {
      if (startLength + count > start.length) {
        start = Arrays.copyOf(start, limit);
      }
      System.arraycopy(bytes, from, start, startLength, count);
      startLength += count;
    }
  }

  /** Whether the body was what it must be. */
  boolean right() {
    return switch (expected) {
      case TEXT -> hasText();
      case STREAM -> events == Mode.EVENTS && !disordered && ended();
      case FIRST -> events == 1 && !disordered;
    };
  }

  private boolean hasText() {
    for (int i = 0; i + TEXT.length <= startLength; i++) {
      if (start[i] == TEXT[0] && Arrays.equals(start, i, i + TEXT.length, TEXT, 0, TEXT.length)) {
        return true;
      }
    }
    return false;
  }

  /** The beginning, for a message. */
  String shown() {
    return events
        + " events"
        + (disordered ? " out of order" : "")
        + (ended() ? ", ended, " : ", ")
        + new String(start, 0, Math.min(startLength, 200), ISO_8859_1);
  }
}
