package lip.core.upstream;

import java.io.IOException;
import java.io.InputStream;
import org.apache.hc.core5.http.ConnectionClosedException;

/** The bytes under a body. While shut it refuses to wait for the network. */
final class Gate extends InputStream {
  private final Inlet inlet;
  private final boolean endIsCut;
  private boolean shut;

  /**
   * @param endIsCut whether the framing says where the body ends, so that the end of the stream is
   *     a fault
   */
  Gate(Inlet inlet, boolean endIsCut) {
    this.inlet = inlet;
    this.endIsCut = endIsCut;
  }

  void shut(boolean value) {
    shut = value;
  }

  @Override
  public int read() throws IOException {
    check();
    return end(inlet.read());
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    check();
    return end(inlet.read(buffer, offset, length));
  }

  private void check() throws IOException {
    if (shut && !inlet.isReady()) {
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
