package lip.core.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import lip.api.event.StreamClosed;
import lip.api.failure.FailureClass;
import lip.api.failure.UpstreamFailure;
import lip.sdk.upstream.Reply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CloseTest {
  private static final String HEAD = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void closeFromAnotherThreadEndsABlockedReadAndTheSocket(boolean virtual) throws Exception {
    try (var server = oneEvent();
        var client = Fixture.client()) {
      Reply reply = client.send(Fixture.post(server.uri("/")));
      assertThat(Fixture.read(reply)).isEqualTo("event");
      CompletableFuture<Throwable> end = new CompletableFuture<>();
      Thread reader =
          (virtual ? Thread.ofVirtual() : Thread.ofPlatform())
              .start(() -> end.complete(catchFrom(() -> Fixture.read(reply))));
      await().until(() -> isWaiting(reader));

      reply.close();
      reply.close();

      assertThat(end.get(10, TimeUnit.SECONDS)).isInstanceOf(StreamClosed.class);
      await().until(() -> server.closedByClient.get() == 1);
      assertThatThrownBy(() -> Fixture.read(reply)).isInstanceOf(StreamClosed.class);
      assertThatThrownBy(() -> Fixture.readNow(reply)).isInstanceOf(StreamClosed.class);
      assertThat(client.stats()).isEqualTo(new UpstreamClient.Stats(1, 0, 0));
    }
  }

  @Test
  void anInterruptGivesUpTheWaitForAHead() throws Exception {
    try (var server =
            new ScriptedServer(peer -> {
              peer.readRequest();
              peer.awaitClose();
            });
        var client = Fixture.client()) {
      CompletableFuture<Throwable> end = new CompletableFuture<>();
      Thread sender =
          Thread.ofVirtual()
              .start(
                  () -> end.complete(catchFrom(() -> client.send(Fixture.post(server.uri("/"))))));
      await().until(() -> server.requests.size() == 1 && isWaiting(sender));

      sender.interrupt();

      Throwable failure = end.get(10, TimeUnit.SECONDS);
      assertThat(failure).isInstanceOf(UpstreamFailure.class);
      assertThat(((UpstreamFailure) failure).failure().kind()).isEqualTo(FailureClass.CANCELLED);
      await().until(() -> server.closedByClient.get() == 1);
      assertThat(client.stats()).isEqualTo(new UpstreamClient.Stats(1, 0, 0));
    }
  }

  @Test
  void theEndOfTheClientEndsItsExchanges() throws Exception {
    try (var server = oneEvent()) {
      UpstreamClient client = Fixture.client();
      Reply reply = client.send(Fixture.post(server.uri("/")));
      assertThat(Fixture.read(reply)).isEqualTo("event");
      client.close();
      assertThat(Fixture.faultOf(reply).failure().kind()).isEqualTo(FailureClass.UNAVAILABLE);
      await().until(() -> server.closedByClient.get() == 1);
      reply.close();
    }
  }

  @Test
  void aThousandAbortedExchangesLeaveNothingBehind() throws Exception {
    try (var server = oneEvent();
        var client = Fixture.client()) {
      Fixture.read(client.send(Fixture.post(server.uri("/"))));
      int threads = Thread.activeCount();
      AtomicInteger closed = new AtomicInteger();
      CountDownLatch done = new CountDownLatch(1000);
      for (int i = 0; i < 1000; i++) {
        int number = i;
        Thread.ofVirtual()
            .start(() -> {
              try {
                abort(client, server, number % 3, closed);
              } finally {
                done.countDown();
              }
            });
        if (i % 50 == 49) {
          int target = i + 1;
          await().until(() -> 1000 - done.getCount() >= target - 50);
        }
      }
      assertThat(done.await(60, TimeUnit.SECONDS)).isTrue();

      assertThat(closed).hasValue(1000);
      assertThat(server.connections).hasValue(1001);
      await().until(() -> server.open.get() == 1);
      assertThat(client.stats()).isEqualTo(new UpstreamClient.Stats(1001, 0, 1));
      assertThat(Thread.activeCount()).isLessThanOrEqualTo(threads + 2);
    }
  }

  /** Closes before the first read, after it, or while a read waits. */
  private static void abort(
      UpstreamClient client, ScriptedServer server, int when, AtomicInteger closed) {
    try {
      Reply reply = client.send(Fixture.post(server.uri("/")));
      if (when == 1) {
        Fixture.read(reply);
      } else if (when == 2) {
        Fixture.read(reply);
        Thread.ofVirtual().start(reply::close);
        try {
          Fixture.read(reply);
        } catch (StreamClosed _) {
          closed.incrementAndGet();
        }
        return;
      }
      reply.close();
      closed.incrementAndGet();
    } catch (UpstreamFailure e) {
      throw new AssertionError(e);
    }
  }

  private interface Call {
    void run() throws Exception;
  }

  private static Throwable catchFrom(Call call) {
    try {
      call.run();
      return new AssertionError("it came back");
    } catch (Throwable e) {
      return e;
    }
  }

  private static boolean isWaiting(Thread thread) {
    // A platform thread inside a blocking read is RUNNABLE for the JVM.
    return thread.isVirtual()
        ? thread.getState() == Thread.State.WAITING
        : java.util.Arrays.stream(thread.getStackTrace())
            .anyMatch(frame -> frame.getClassName().equals(Gate.class.getName()));
  }

  private static ScriptedServer oneEvent() {
    return new ScriptedServer(peer -> {
      peer.readRequest();
      peer.send(HEAD).chunk("event");
      peer.awaitClose();
    });
  }
}
