package lip.core.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import lip.sdk.http.Headers;
import org.junit.jupiter.api.Test;

class RecordWriterTest {
  private final HeldWire wire = new HeldWire();
  private final AtomicInteger drained = new AtomicInteger();

  /** Whoever carries a stream and is told that something is pending rests until it is drained. */
  @Test
  void aKeepAliveThatLeavesAtOnceIsPendingForNobody() throws Exception {
    RecordWriter writer = writer();
    writer.prepare(200, Headers.NONE, "ping\n".getBytes(US_ASCII));
    writer.poll();
    Thread attendant = Thread.ofPlatform().start(() -> writer.keepAlive(false));
    wire.entered.await();
    FutureTask<Boolean> pending = new FutureTask<>(writer::pending);
    Thread loop = Thread.ofPlatform().start(pending);
    await().until(() -> pending.isDone() || loop.getState() == Thread.State.WAITING);
    wire.leave.countDown();
    attendant.join();
    boolean told = drained.get() > 0;
    assertThat(pending.get() && !told).as("rests, and nobody tells").isFalse();
  }

  private RecordWriter writer() throws IOException {
    var response =
        (HttpServletResponse)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {HttpServletResponse.class},
                (_, method, _) ->
                    method.getName().equals("getOutputStream") ? new Nowhere() : null);
    return new RecordWriter(
        response, new Tenure(), wire, () -> Box.words(true), new Told(drained::incrementAndGet));
  }

  private record Told(Runnable of) implements Fate {
    @Override
    public void answering() {}

    @Override
    public void ending() {}

    @Override
    public void lost() {}

    @Override
    public boolean chunks() {
      return true;
    }

    @Override
    public boolean bodyUnread() {
      return false;
    }

    @Override
    public void drained() {
      of.run();
    }
  }

  /** Takes what is sent at once, as soon as it is let. */
  private static final class HeldWire implements Wire {
    final CountDownLatch entered = new CountDownLatch(1);
    final CountDownLatch leave = new CountDownLatch(1);

    @Override
    public boolean sends() {
      return true;
    }

    @Override
    public void send(byte[] bytes, int offset, int length, Sent sent) {
      entered.countDown();
      try {
        leave.await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      sent.sent(null);
    }

    @Override
    public void cut() {}

    @Override
    public void idle(Duration limit) {}

    @Override
    public Optional<SocketChannel> channel() {
      return Optional.empty();
    }
  }

  private static final class Nowhere extends ServletOutputStream {
    @Override
    public boolean isReady() {
      return true;
    }

    @Override
    public void setWriteListener(WriteListener listener) {}

    @Override
    public void write(int b) {}
  }
}
