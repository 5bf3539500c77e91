package lip.core.upstream;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/**
 * A connected channel as a socket whose bytes may be polled: the channel's own socket refuses to
 * read or write then. What TLS and the HTTP library ask of a socket, and no more.
 */
final class ChannelSocket extends Socket {
  private final SocketChannel channel;
  private final Socket socket;
  private final Intake intake;
  private final OutputStream out;

  ChannelSocket(SocketChannel channel) throws IOException {
    this.channel = channel;
    this.socket = channel.socket();
    this.intake = new Intake(channel);
    this.out = new Out(socket.getOutputStream());
  }

  Intake intake() {
    return intake;
  }

  /** While bytes are polled only TLS speaks, in short records between those of the peer. */
  private final class Out extends OutputStream {
    private final OutputStream waiting;

    Out(OutputStream waiting) {
      this.waiting = waiting;
    }

    @Override
    public void write(int one) throws IOException {
      write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      if (!intake.isPolled()) {
        waiting.write(bytes, offset, length);
        return;
      }
      if (channel.write(ByteBuffer.wrap(bytes, offset, length)) < length) {
        throw new SocketException("the peer takes no bytes");
      }
    }
  }

  @Override
  public InputStream getInputStream() {
    return intake;
  }

  @Override
  public OutputStream getOutputStream() {
    return out;
  }

  @Override
  public SocketChannel getChannel() {
    return channel;
  }

  @Override
  public InetAddress getInetAddress() {
    return socket.getInetAddress();
  }

  @Override
  public InetAddress getLocalAddress() {
    return socket.getLocalAddress();
  }

  @Override
  public int getPort() {
    return socket.getPort();
  }

  @Override
  public int getLocalPort() {
    return socket.getLocalPort();
  }

  @Override
  public SocketAddress getRemoteSocketAddress() {
    return socket.getRemoteSocketAddress();
  }

  @Override
  public SocketAddress getLocalSocketAddress() {
    return socket.getLocalSocketAddress();
  }

  @Override
  public boolean isConnected() {
    return socket.isConnected();
  }

  @Override
  public boolean isBound() {
    return socket.isBound();
  }

  @Override
  public boolean isClosed() {
    return socket.isClosed();
  }

  @Override
  public boolean isInputShutdown() {
    return socket.isInputShutdown();
  }

  @Override
  public boolean isOutputShutdown() {
    return socket.isOutputShutdown();
  }

  @Override
  public void shutdownInput() throws IOException {
    socket.shutdownInput();
  }

  @Override
  public void shutdownOutput() throws IOException {
    socket.shutdownOutput();
  }

  @Override
  public void setSoTimeout(int millis) throws SocketException {
    socket.setSoTimeout(millis);
  }

  @Override
  public int getSoTimeout() throws SocketException {
    return socket.getSoTimeout();
  }

  @Override
  public void setSoLinger(boolean on, int seconds) throws SocketException {
    socket.setSoLinger(on, seconds);
  }

  @Override
  public void setTcpNoDelay(boolean on) throws SocketException {
    socket.setTcpNoDelay(on);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
