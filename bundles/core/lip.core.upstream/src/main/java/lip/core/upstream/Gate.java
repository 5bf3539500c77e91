package lip.core.upstream;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.apache.hc.core5.http.ConnectionClosedException;

/** The socket's bytes under a body. While shut it refuses to wait for the network. */
final class Gate extends FilterInputStream {
  private final boolean tls;
  private final boolean endIsCut;
  private boolean shut;

  /**
   * @param tls whether {@code available()} is a look into memory (bytes already decrypted), no
   *     system call
   * @param endIsCut whether the framing says where the body ends, so that the end of the stream is
   *     a fault
   */
  Gate(InputStream socket, boolean tls, boolean endIsCut) {
    super(socket);
    this.tls = tls;
    this.endIsCut = endIsCut;
  }

  void shut(boolean value) {
    shut = value;
  }

  @Override
  public int read() throws IOException {
    check();
    return end(in.read());
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    check();
    return end(in.read(buffer, offset, length));
  }

  private void check() throws IOException {
    if (shut && !(tls && in.available() > 0)) {
      throw WouldBlock.INSTANCE;
    }
  }

  private int end(int read) throws IOException {
    if (read < 0 && endIsCut) {
      throw new ConnectionClosedException("the connection ended inside a body");
    }
    return read;
  }
}
