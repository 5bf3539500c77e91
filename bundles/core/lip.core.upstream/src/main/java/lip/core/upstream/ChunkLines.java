package lip.core.upstream;

import java.io.IOException;
import java.io.InputStream;
import org.apache.hc.core5.http.MalformedChunkCodingException;
import org.apache.hc.core5.http.io.HttpTransportMetrics;
import org.apache.hc.core5.http.io.SessionInputBuffer;
import org.apache.hc.core5.util.CharArrayBuffer;

/**
 * Looks at the lines between chunks as they pass: refuses signed sizes, notices the last chunk and
 * the end after it.
 */
final class ChunkLines implements SessionInputBuffer {
  private final SessionInputBuffer buffer;
  private boolean lastChunk;
  private boolean complete;

  ChunkLines(SessionInputBuffer buffer) {
    this.buffer = buffer;
  }

  /** Whether the blank line after the last chunk and its trailers was read. */
  boolean complete() {
    return complete;
  }

  @Override
  public int readLine(CharArrayBuffer line, InputStream in) throws IOException {
    int read = buffer.readLine(line, in);
    if (lastChunk) {
      complete |= line.isEmpty();
    } else if (!line.isEmpty()) {
      lastChunk = isZero(line);
    }
    return read;
  }

  private static boolean isZero(CharArrayBuffer line) throws MalformedChunkCodingException {
    int i = 0;
    boolean zero = true;
    for (; i < line.length() && line.charAt(i) != ';'; i++) {
      char c = line.charAt(i);
      if (c == '+' || c == '-') {
        throw new MalformedChunkCodingException("a chunk size with a sign");
      }
      zero &= c == '0' || c == ' ' || c == '\t';
    }
    return zero && i > 0;
  }

  @Override
  public int length() {
    return buffer.length();
  }

  @Override
  public int capacity() {
    return buffer.capacity();
  }

  @Override
  public int available() {
    return buffer.available();
  }

  @Override
  public int read(byte[] target, int offset, int length, InputStream in) throws IOException {
    return buffer.read(target, offset, length, in);
  }

  @Override
  public int read(byte[] target, InputStream in) throws IOException {
    return buffer.read(target, in);
  }

  @Override
  public int read(InputStream in) throws IOException {
    return buffer.read(in);
  }

  @Override
  public HttpTransportMetrics getMetrics() {
    return buffer.getMetrics();
  }
}
