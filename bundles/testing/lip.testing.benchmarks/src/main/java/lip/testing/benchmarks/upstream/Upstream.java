package lip.testing.benchmarks.upstream;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.function.BiConsumer;

/**
 * Answers every request of a port in the mode of that port and the dialect of its path; one thread
 * for all connections.
 */
public final class Upstream implements AutoCloseable {
  private static final long PERIOD = 20_000_000;
  private static final long STAGGER = 1_000_000;

  private final Selector selector = Selector.open();
  private final Map<Mode, Integer> ports = new EnumMap<>(Mode.class);
  private final BiConsumer<Mode, Long> closed;
  private final PriorityQueue<Caller> paced =
      new PriorityQueue<>(Comparator.comparingLong(caller -> caller.due));
  private final ByteBuffer in = ByteBuffer.allocateDirect(64 * 1024);
  private final ByteBuffer out = ByteBuffer.allocateDirect(128 * 1024);
  private long streams;

  /**
   * Listens on free ports of the loopback.
   *
   * @param closed told when a client closes while its stream is running, with the time
   */
  public Upstream(BiConsumer<Mode, Long> closed) throws IOException {
    this.closed = closed;
    for (Mode mode : Mode.values()) {
      var server = ServerSocketChannel.open();
      server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 8192);
      server.configureBlocking(false);
      server.register(selector, SelectionKey.OP_ACCEPT, mode);
      ports.put(mode, server.socket().getLocalPort());
    }
  }

  /** Port of a mode. */
  public int port(Mode mode) {
    return ports.getOrDefault(mode, 0);
  }

  /** Serves until the selector is closed. */
  public void run() throws IOException {
    while (selector.isOpen()) {
      selector.select(this::ready, untilNext());
      sendDue();
    }
  }

  private long untilNext() {
    Caller next = paced.peek();
    return next == null ? 0 : Math.max(1, (next.due - System.nanoTime()) / 1_000_000);
  }

  private void ready(SelectionKey key) {
    try {
      if (key.attachment() instanceof Mode mode) {
        accept((ServerSocketChannel) key.channel(), mode);
        return;
      }
    } catch (IOException e) {
      throw new IllegalStateException("cannot accept", e);
    }
    var caller = (Caller) key.attachment();
    try {
      if (key.isWritable()) {
        caller.writable();
      }
      if (key.isReadable()) {
        read(caller);
      }
    } catch (IOException e) {
      drop(caller);
    }
  }

  private void accept(ServerSocketChannel server, Mode mode) throws IOException {
    for (SocketChannel channel = server.accept(); channel != null; channel = server.accept()) {
      channel.configureBlocking(false);
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      SelectionKey key = channel.register(selector, SelectionKey.OP_READ);
      key.attach(new Caller(channel, key, mode));
    }
  }

  private void read(Caller caller) throws IOException {
    in.clear();
    if (caller.channel.read(in) < 0) {
      drop(caller);
      return;
    }
    caller.received(in.flip());
    while (caller.channel.isOpen() && caller.request()) {
      answer(caller);
    }
  }

  private void answer(Caller caller) throws IOException {
    out.clear();
    Answers answers = Answers.of(caller.dialect);
    switch (caller.mode) {
      case UNARY -> {
        answers.unary(out);
        caller.send(out.flip());
      }
      case BURST -> burst(caller, answers);
      case BULK -> {
        answers.open(out);
        for (int i = 0; i < Mode.EVENTS; i++) {
          answers.event(out, i);
        }
        answers.end(out);
        caller.send(out.flip());
      }
      case PACED, SILENT -> {
        answers.open(out);
        answers.event(out, 0);
        caller.left = Mode.EVENTS - 1;
        caller.send(out.flip());
        if (caller.mode == Mode.PACED) {
          caller.due = System.nanoTime() + PERIOD + streams++ * 7 % 20 * STAGGER;
          paced.add(caller);
        }
      }
    }
  }

  private void burst(Caller caller, Answers answers) throws IOException {
    answers.open(out);
    caller.send(out.flip());
    for (int i = 0; i < Mode.EVENTS; i++) {
      out.clear();
      answers.event(out, i);
      caller.send(out.flip());
    }
    out.clear();
    answers.end(out);
    caller.send(out.flip());
  }

  private void sendDue() {
    long now = System.nanoTime();
    for (Caller next = paced.peek(); next != null && next.due <= now; next = paced.peek()) {
      paced.remove();
      if (next.left == 0 || !next.channel.isOpen()) {
        continue;
      }
      try {
        out.clear();
        Answers answers = Answers.of(next.dialect);
        answers.event(out, Mode.EVENTS - next.left);
        next.left--;
        if (next.left == 0) {
          answers.end(out);
        }
        next.send(out.flip());
        if (next.left > 0) {
          next.due += PERIOD;
          paced.add(next);
        }
      } catch (IOException e) {
        drop(next);
      }
    }
  }

  private void drop(Caller caller) {
    if (caller.left > 0) {
      closed.accept(caller.mode, System.nanoTime());
    }
    caller.left = 0;
    try {
      caller.channel.close();
    } catch (IOException e) {
      throw new IllegalStateException("cannot close", e);
    }
  }

  @Override
  public void close() throws IOException {
    for (SelectionKey key : selector.keys()) {
      key.channel().close();
    }
    selector.close();
  }
}
