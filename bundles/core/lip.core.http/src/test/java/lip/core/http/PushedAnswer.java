package lip.core.http;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import lip.api.event.Event;
import lip.api.event.FinishReason;
import lip.api.event.StreamClosed;
import lip.sdk.frontend.Answer;
import lip.sdk.frontend.AnswerWriter;
import lip.sdk.frontend.Records;
import lip.sdk.http.Headers;

/** An answer whose events a test pushes, and which waits without a thread if it is told to. */
final class PushedAnswer implements Answer, AutoCloseable {
  final ExecutorService loop =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().name("test-loop").factory());
  volatile boolean closed;
  private final Queue<Event> events = new ConcurrentLinkedQueue<>();
  private final AtomicReference<Runnable> look = new AtomicReference<>();
  private final boolean waits;

  PushedAnswer(boolean waits) {
    this.waits = waits;
  }

  /** Events that arrive together. */
  PushedAnswer push(Event... more) {
    events.addAll(java.util.List.of(more));
    synchronized (this) {
      notifyAll();
    }
    tell();
    return this;
  }

  PushedAnswer text(String text) {
    return push(new Event.TextDelta(text));
  }

  PushedAnswer finish() {
    return push(new Event.Finished(FinishReason.STOP, "stop", null));
  }

  private void tell() {
    Runnable then = look.getAndSet(null);
    if (then != null) {
      loop.execute(then);
    }
  }

  @Override
  public synchronized Event next() {
    try {
      while (events.isEmpty() && !closed) {
        wait();
      }
    } catch (InterruptedException e) {
      throw new StreamClosed(e);
    }
    if (closed) {
      throw new StreamClosed();
    }
    return events.poll();
  }

  @Override
  public boolean ready() {
    return closed || !events.isEmpty();
  }

  @Override
  public boolean whenReady(Runnable then) {
    if (!waits) {
      return false;
    }
    look.set(then);
    if (ready()) {
      tell();
    }
    return true;
  }

  @Override
  public Headers headers() {
    return Headers.NONE;
  }

  @Override
  public synchronized void close() {
    closed = true;
    notifyAll();
    tell();
  }

  /** Writes texts as lines; a failure breaks off. */
  record Lines(Records records) implements AnswerWriter {
    @Override
    public boolean write(Event event) {
      return switch (event) {
        case Event.TextDelta(String text) -> {
          byte[] line = Box.bytes(text + "\n");
          records.write(line, 0, line.length);
          yield false;
        }
        case Event.Failed _ -> {
          records.breakOff(Box.bytes("failed\n"));
          yield true;
        }
        default -> {
          records.end();
          yield true;
        }
      };
    }

    @Override
    public void pause() {
      records.flush();
    }

    @Override
    public void cutShort() {
      records.breakOff(Box.bytes("cut short\n"));
    }
  }
}
