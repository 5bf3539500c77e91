package lip.core.upstream;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.ParseException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.DefaultHttpResponseParser;
import org.apache.hc.core5.http.io.SessionInputBuffer;
import org.apache.hc.core5.http.message.BasicLineParser;
import org.apache.hc.core5.util.CharArrayBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Reads an answer's head, stricter than the library: it takes the end of the connection inside a
 * head for the end of the head, and turns a bare CR inside a value into a blank. Both are faults
 * here.
 */
final class HeadParser extends DefaultHttpResponseParser {
  private @Nullable SessionInputBuffer buffer;

  HeadParser(Http1Config config) {
    super(config, new CleanLines(), null);
  }

  @Override
  public @Nullable ClassicHttpResponse parse(SessionInputBuffer source, InputStream socket)
      throws IOException, HttpException {
    buffer = source;
    return super.parse(source, new NoEnd(socket));
  }

  /** Whether bytes are left that no answer owns. */
  boolean hasLeftover() {
    return buffer != null && buffer.length() > 0;
  }

  private static final class NoEnd extends FilterInputStream {
    NoEnd(InputStream in) {
      super(in);
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      int read = in.read(target, offset, length);
      if (read < 0) {
        throw new ConnectionClosedException("the connection ended before a complete head");
      }
      return read;
    }
  }

  private static final class CleanLines extends BasicLineParser {
    @Override
    public Header parseHeader(CharArrayBuffer line) throws ParseException {
      boolean name = true;
      for (int i = 0; i < line.length(); i++) {
        char c = line.charAt(i);
        name &= c != ':';
        if ((c < 0x20 && c != '\t') || c == 0x7f || (name && c <= ' ')) {
          throw new ParseException("illegal character in a header field");
        }
      }
      return super.parseHeader(line);
    }
  }
}
