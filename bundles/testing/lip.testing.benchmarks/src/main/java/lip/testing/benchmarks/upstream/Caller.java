package lip.testing.benchmarks.upstream;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import java.util.Locale;

/** One connection to the upstream. */
final class Caller {
  private static final byte[] HEAD_END = {'\r', '\n', '\r', '\n'};
  private static final byte[] CHUNKS_END = {'\r', '\n', '0', '\r', '\n', '\r', '\n'};

  final SocketChannel channel;
  final SelectionKey key;
  final Mode mode;

  /** Of the last request. */
  Dialect dialect = Dialect.CHAT;

  /** Events still to send; only while a stream is running. */
  int left;

  /** When the next event is due. */
  long due;

  private byte[] in = new byte[4096];
  private int length;
  private byte[] late = new byte[0];

  Caller(SocketChannel channel, SelectionKey key, Mode mode) {
    this.channel = channel;
    this.key = key;
    this.mode = mode;
  }

  /** Takes what was received. */
  void received(ByteBuffer bytes) {
    int count = bytes.remaining();
    if (length + count > in.length) {
      in = Arrays.copyOf(in, Math.max(in.length * 2, length + count));
    }
    bytes.get(in, length, count);
    length += count;
  }

  /** Whether a whole request is there; it is taken away then. */
  boolean request() {
    int head = indexOf(HEAD_END, 0);
    if (head < 0) {
      return false;
    }
    int body = head + HEAD_END.length;
    String lines = new String(in, 0, head + 2, ISO_8859_1).toLowerCase(Locale.ROOT);
    int end = body;
    int at = lines.indexOf("\r\ncontent-length:");
    if (at >= 0) {
      end = body + Integer.parseInt(lines.substring(at + 17, lines.indexOf("\r\n", at + 2)).trim());
    } else if (lines.contains("\r\ntransfer-encoding: chunked")) {
      int last = indexOf(CHUNKS_END, body - 2);
      end = last < 0 ? Integer.MAX_VALUE : last + CHUNKS_END.length;
    }
    if (end > length) {
      return false;
    }
    dialect = Dialect.of(lines);
    System.arraycopy(in, end, in, 0, length - end);
    length -= end;
    return true;
  }

  private int indexOf(byte[] wanted, int from) {
    for (int i = from; i + wanted.length <= length; i++) {
      if (in[i] == wanted[0] && Arrays.equals(in, i, i + wanted.length, wanted, 0, wanted.length)) {
        return i;
      }
    }
    return -1;
  }

  /** Sends; what the socket does not take waits until it is writable. */
  void send(ByteBuffer bytes) throws IOException {
    if (late.length == 0) {
      channel.write(bytes);
    }
    if (bytes.hasRemaining()) {
      int had = late.length;
      int more = bytes.remaining();
      late = Arrays.copyOf(late, had + more);
      bytes.get(late, had, more);
      key.interestOps(SelectionKey.OP_READ | SelectionKey.OP_WRITE);
    }
  }

  /** Sends what waited. */
  void writable() throws IOException {
    int sent = channel.write(ByteBuffer.wrap(late));
    late = Arrays.copyOfRange(late, sent, late.length);
    if (late.length == 0) {
      key.interestOps(SelectionKey.OP_READ);
    }
  }
}
