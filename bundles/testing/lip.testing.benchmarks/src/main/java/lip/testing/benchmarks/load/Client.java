package lip.testing.benchmarks.load;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/** One connection to what is measured. */
final class Client {
  final SocketChannel channel;
  final BodyCheck body;
  final AnswerReader answer;
  boolean busy;

  /** When the running call was to be sent. */
  long since;

  /** Whether the first event of the running call was seen. */
  boolean begun;

  private final SelectionKey key;
  private final ByteBuffer request;

  Client(Selector selector, byte[] request, Order order, Samples delays) throws IOException {
    this.request = ByteBuffer.wrap(request);
    body = new BodyCheck(order.dialect(), order.expected(), delays);
    answer = new AnswerReader(body);
    channel = SocketChannel.open();
    channel.configureBlocking(false);
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    boolean connected =
        channel.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), order.port()));
    key =
        channel.register(
            selector, connected ? SelectionKey.OP_READ : SelectionKey.OP_CONNECT, this);
  }

  /** Sends the request, or does so when connected. */
  void begin(long scheduled) throws IOException {
    busy = true;
    begun = false;
    since = scheduled;
    answer.reset();
    body.reset();
    request.clear();
    if (channel.isConnected()) {
      write();
    }
  }

  /** The socket connected or takes more. */
  void proceed() throws IOException {
    if (key.isConnectable()) {
      channel.finishConnect();
      key.interestOps(SelectionKey.OP_READ);
    }
    if (busy) {
      write();
    }
  }

  private void write() throws IOException {
    channel.write(request);
    key.interestOps(
        request.hasRemaining()
            ? SelectionKey.OP_READ | SelectionKey.OP_WRITE
            : SelectionKey.OP_READ);
  }
}
