package lip.testing.benchmarks.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;

/** Carries out one order. */
final class Run implements AutoCloseable {
  private static final long LIMIT = 120_000_000_000L;

  private final Order order;
  private final byte[] request;
  private final Selector selector = Selector.open();
  private final Deque<Client> idle = new ArrayDeque<>();
  private final Samples latencies = new Samples();
  private final Samples firsts = new Samples();
  private final Samples delays = new Samples();
  private final ByteBuffer in = ByteBuffer.allocateDirect(64 * 1024);
  private final byte[] bytes = new byte[64 * 1024];
  private int started;
  private int finished;
  private int wrong;
  private int connections;
  private String problem = "";

  Run(Order order, byte[] request) throws IOException {
    this.order = order;
    this.request = request;
  }

  /** Sends all calls and waits for their answers, or for the first event of each. */
  Reading carryOut() throws IOException {
    long start = System.nanoTime();
    if (order.rate() > 0) {
      openLoop(start);
    } else {
      while (started < Math.min(order.connections(), order.total())) {
        begin(System.nanoTime());
      }
      while (finished < order.total() && System.nanoTime() - start < LIMIT) {
        selector.select(this::ready, 1000);
      }
    }
    return reading(System.nanoTime() - start);
  }

  private void openLoop(long start) throws IOException {
    long period = 1_000_000_000L / order.rate();
    long first = start + period;
    var ticker = new Ticker(selector, first, period, order.total());
    Thread.ofPlatform().daemon().start(ticker::run);
    while (finished < order.total() && System.nanoTime() - start < LIMIT) {
      selector.select(this::ready, 1000);
      for (long next = first + started * period;
          started < order.total() && next <= System.nanoTime();
          next = first + started * period) {
        begin(next);
      }
    }
  }

  private void begin(long scheduled) throws IOException {
    started++;
    Client client = idle.pollFirst();
    if (client == null) {
      client = new Client(selector, request, order, delays);
      connections++;
    }
    client.begin(scheduled);
  }

  private void ready(SelectionKey key) {
    var client = (Client) key.attachment();
    try {
      if (key.isConnectable() || key.isWritable()) {
        client.proceed();
      }
      if (key.isReadable()) {
        read(client);
      }
    } catch (IOException e) {
      failed(client, e.toString());
    }
  }

  private void read(Client client) throws IOException {
    in.clear();
    int count = client.channel.read(in);
    if (count < 0 || !client.busy) {
      failed(client, count < 0 ? "closed" : "bytes that nobody asked for");
      return;
    }
    in.flip().get(bytes, 0, count);
    if (!client.answer.take(bytes, 0, count)) {
      failed(client, "no proper answer");
      return;
    }
    if (!client.begun && client.body.events() > 0) {
      client.begun = true;
      firsts.add(System.nanoTime() - client.since);
      if (order.expected() == Expected.FIRST) {
        finished(client);
      }
    }
    if (client.answer.done()) {
      if (order.expected() == Expected.FIRST) {
        failed(client, "the stream ended");
      } else {
        finished(client);
        client.busy = false;
        idle.addFirst(client);
        next();
      }
    }
  }

  private void finished(Client client) {
    latencies.add(System.nanoTime() - client.since);
    finished++;
    if (client.answer.status() != 200 || !client.body.right()) {
      wrong("status " + client.answer.status() + ", " + client.body.shown());
    }
  }

  private void failed(Client client, String how) {
    try {
      client.channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    idle.remove(client);
    if (client.busy) {
      client.busy = false;
      if (order.expected() != Expected.FIRST || !client.begun) {
        finished++;
      }
      wrong(how + " after status " + client.answer.status() + ", " + client.body.shown());
      next();
    }
  }

  private void next() {
    if (order.rate() == 0 && started < order.total()) {
      try {
        begin(System.nanoTime());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private void wrong(String how) {
    wrong++;
    if (problem.isEmpty()) {
      problem = how;
    }
  }

  private Reading reading(long nanos) {
    Map<String, Double> figures = new LinkedHashMap<>();
    if (finished < order.total()) {
      wrong(order.total() - finished + " calls without an answer");
    }
    figures.put("done", (double) finished);
    figures.put("wrong", (double) wrong);
    figures.put("seconds", nanos / 1e9);
    figures.put("connections", (double) connections);
    figures.put("events", (double) delays.size());
    latencies.into(figures, "latency");
    firsts.into(figures, "first");
    delays.into(figures, "delay");
    return new Reading(figures, problem);
  }

  /** Whether all streams are still there; takes what they sent. */
  Reading stillOpen() throws IOException {
    int taken = 1;
    while (taken > 0) {
      taken = selector.selectNow(this::ready);
    }
    return reading(0);
  }

  @Override
  public void close() throws IOException {
    for (SelectionKey key : selector.keys()) {
      key.channel().close();
    }
    selector.close();
  }
}
