package lip.core.upstream;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * Unpacks an answer that came compressed although nobody asked for it. Each piece that the server
 * flushed comes out at once: the buffer is small and the source says that nothing more is
 * available.
 */
final class Gunzip extends InputStream {
  private static final int BUFFER = 512;

  private final InputStream packed;
  private @Nullable GZIPInputStream unpacked;

  Gunzip(InputStream packed) {
    this.packed = packed;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    GZIPInputStream in = unpacked;
    if (in == null) {
      // Not in the constructor: this waits for the first bytes of the body.
      in = new GZIPInputStream(new NoneAvailable(packed), BUFFER);
      unpacked = in;
    }
    int read = in.read(buffer, offset, length);
    if (read < 0 && packed.read() >= 0) {
      throw new ZipException("bytes after the end of the compressed body");
    }
    return read;
  }

  private static final class NoneAvailable extends FilterInputStream {
    NoneAvailable(InputStream in) {
      super(in);
    }

    @Override
    public int available() {
      return 0;
    }
  }
}
