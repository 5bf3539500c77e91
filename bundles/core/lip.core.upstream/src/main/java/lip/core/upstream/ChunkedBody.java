package lip.core.upstream;

import java.io.IOException;
import java.io.InputStream;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.AbstractMessageParser;
import org.apache.hc.core5.http.impl.io.ChunkedInputStream;
import org.apache.hc.core5.http.io.SessionInputBuffer;

/**
 * A chunked body that ends only after its last line. The library's stream says "end" when the
 * {@code 0} was read and the rest would have had to wait, which would leave a line behind for the
 * next answer on this connection.
 */
final class ChunkedBody extends InputStream {
  private final Http1Config config;
  private final ChunkLines lines;
  private final InputStream source;
  private final ChunkedInputStream chunks;

  ChunkedBody(SessionInputBuffer buffer, InputStream source, Http1Config config) {
    this.config = config;
    this.lines = new ChunkLines(buffer);
    this.source = source;
    this.chunks = new ChunkedInputStream(lines, source, config);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int read = chunks.read(buffer, offset, length);
    if (read < 0 && !lines.complete()) {
      readTrailers();
    }
    return read;
  }

  private void readTrailers() throws IOException {
    try {
      AbstractMessageParser.parseHeaders(
          lines, source, config.getMaxHeaderCount(), config.getMaxLineLength(), null);
    } catch (HttpException e) {
      throw new IOException("bad trailers after the last chunk", e);
    }
  }
}
