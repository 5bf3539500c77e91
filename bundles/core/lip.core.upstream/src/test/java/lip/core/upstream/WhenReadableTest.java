package lip.core.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import lip.api.event.StreamClosed;
import lip.api.failure.FailureClass;
import lip.api.failure.UpstreamFailure;
import lip.core.gateway.AnswerRoom;
import lip.sdk.upstream.Reply;
import lip.sdk.upstream.Timeouts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Answers whose reader has no thread while it waits. */
@Timeout(60)
class WhenReadableTest {
  private static final String HEAD = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";

  /** How often a reader began to wait. */
  private final Semaphore waits = new Semaphore(0);

  /** Reads an answer to its end, on the thread of the loop. */
  private final class Reader implements Runnable {
    final CompletableFuture<String> all = new CompletableFuture<>();
    final AtomicReference<Thread> looker = new AtomicReference<>();
    private final Reply reply;
    private final StringBuilder text = new StringBuilder();

    Reader(Reply reply) {
      this.reply = reply;
    }

    Reader start() {
      run();
      return this;
    }

    @Override
    public void run() {
      looker.set(Thread.currentThread());
      try {
        byte[] buffer = new byte[64];
        while (true) {
          int read = reply.readNow(buffer, 0, buffer.length);
          if (read < 0) {
            all.complete(text.toString());
            return;
          }
          text.append(new String(buffer, 0, read, StandardCharsets.ISO_8859_1));
          if (read == 0) {
            if (!reply.whenReadable(this)) {
              all.completeExceptionally(new AssertionError("cannot wait"));
            }
            waits.release();
            return;
          }
        }
      } catch (UpstreamFailure | RuntimeException e) {
        all.completeExceptionally(e);
      }
    }

    String text() throws Exception {
      return all.get(20, TimeUnit.SECONDS);
    }
  }

  @Test
  void everyByteComesHoweverItIsCut() throws Exception {
    byte[] answer =
        (HEAD + "5\r\nhello\r\n6;ext=1\r\n world\r\n0\r\n\r\n")
            .getBytes(StandardCharsets.ISO_8859_1);
    try (var server =
            new ScriptedServer(peer -> {
              for (int i = 0; i < 3; i++) {
                peer.readRequest();
                peer.send(new String(answer, 0, HEAD.length(), StandardCharsets.ISO_8859_1));
                for (int at = HEAD.length(); at < answer.length; at++) {
                  // Each byte finds a reader that waits.
                  waits.acquire();
                  peer.send(new byte[] {answer[at]});
                }
              }
              peer.awaitClose();
            });
        var client = Fixture.client()) {
      for (int i = 0; i < 3; i++) {
        try (Reply reply = client.send(Fixture.post(server.uri("/")))) {
          Reader reader = new Reader(reply).start();
          assertThat(reader.text()).isEqualTo("hello world");
          assertThat(reader.looker.get().getName()).startsWith("lip-streams");
        }
      }
      assertThat(client.stats()).isEqualTo(new UpstreamClient.Stats(1, 1, 0));
    }
  }

  @Test
  void readersThatWaitWithAndWithoutAThreadTakeTurns() throws Exception {
    try (var server =
            new ScriptedServer(peer -> {
              while (true) {
                peer.readRequest();
                peer.send(HEAD);
                for (int i = 0; i < 20; i++) {
                  waits.acquire();
                  peer.chunk(i + ",");
                }
                peer.send("0\r\n\r\n");
              }
            });
        var client = Fixture.client()) {
      String expected = "0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,";
      for (int i = 0; i < 6; i++) {
        try (Reply reply = client.send(Fixture.post(server.uri("/")))) {
          if (i % 2 == 0) {
            assertThat(new Reader(reply).start().text()).isEqualTo(expected);
          } else {
            waits.release(20);
            assertThat(Fixture.text(reply)).isEqualTo(expected);
          }
        }
      }
      assertThat(client.stats().opened()).isEqualTo(1);
    }
  }

  @Test
  void aBlockedReadMayFollow() throws Exception {
    CountDownLatch looked = new CountDownLatch(1);
    CountDownLatch more = new CountDownLatch(1);
    AtomicReference<List<StackTraceElement>> told = new AtomicReference<>(List.of());
    try (var server =
            new ScriptedServer(peer -> {
              peer.readRequest();
              peer.send(HEAD).chunk("one");
              more.await();
              peer.chunk("two").send("0\r\n\r\n");
              peer.awaitClose();
            });
        var client = Fixture.client();
        Reply reply = client.send(Fixture.post(server.uri("/")))) {
      assertThat(Fixture.read(reply)).isEqualTo("one");
      assertThat(reply.whenReadable(looked::countDown)).isTrue();
      more.countDown();
      assertThat(looked.await(20, TimeUnit.SECONDS)).isTrue();
      assertThat(Fixture.text(reply)).isEqualTo("two");
    }
  }

  @Test
  void closingTellsWhoWaits() throws Exception {
    try (var server = silentAfterOneEvent();
        var client = Fixture.client()) {
      Reply reply = client.send(Fixture.post(server.uri("/")));
      Reader reader = new Reader(reply).start();

      reply.close();

      assertThatThrownBy(reader::text).hasCauseInstanceOf(StreamClosed.class);
      await().until(() -> server.closedByClient.get() == 1);
      assertThat(client.stats()).isEqualTo(new UpstreamClient.Stats(1, 0, 0));
    }
  }

  @Test
  void theIdleLimitTellsWhoWaits() throws Exception {
    Timeouts short_ =
        new Timeouts(Duration.ofSeconds(20), Duration.ofMillis(200), Duration.ofSeconds(20));
    try (var server = silentAfterOneEvent();
        var client = Fixture.client();
        Reply reply = client.send(Fixture.post(server.uri("/"), short_))) {
      Reader reader = new Reader(reply).start();

      assertThatThrownBy(reader::text)
          .cause()
          .isInstanceOfSatisfying(
              UpstreamFailure.class,
              e -> assertThat(e.failure().kind()).isEqualTo(FailureClass.TIMEOUT));
      await().until(() -> server.closedByClient.get() == 1);
    }
  }

  @Test
  void aCutAnswerIsAFailure() throws Exception {
    try (var server =
            new ScriptedServer(peer -> {
              peer.readRequest();
              peer.send(HEAD).chunk("one");
            });
        var client = Fixture.client();
        Reply reply = client.send(Fixture.post(server.uri("/")))) {
      Reader reader = new Reader(reply).start();

      assertThatThrownBy(reader::text).hasCauseInstanceOf(UpstreamFailure.class);
    }
  }

  @Test
  void oneThatHangsHoldsUpNobodyElse() throws Exception {
    CountDownLatch hung = new CountDownLatch(1);
    CountDownLatch never = new CountDownLatch(1);
    CountDownLatch more = new CountDownLatch(1);
    AtomicReference<List<StackTraceElement>> told = new AtomicReference<>(List.of());
    try (var server =
            new ScriptedServer(peer -> {
              peer.readRequest();
              peer.send(HEAD).chunk("one");
              more.await();
              if (peer.number > 1) {
                // The others' bytes come when the first one hangs already.
                hung.await();
              }
              for (int i = 0; i < 5; i++) {
                peer.chunk("two");
              }
              peer.send("0\r\n\r\n");
              peer.awaitClose();
            });
        var client =
            new UpstreamClient(Fixture::plain, Map.of(), AnswerRoom.unbounded(), told::set)) {
      List<Reader> readers = new ArrayList<>();
      Reply bad = client.send(Fixture.post(server.uri("/")));
      assertThat(Fixture.read(bad)).isEqualTo("one");
      Runnable hang =
          () -> {
            hung.countDown();
            try {
              never.await();
            } catch (InterruptedException _) {
              Thread.currentThread().interrupt();
            }
          };
      for (int i = 0; i < 10; i++) {
        readers.add(new Reader(client.send(Fixture.post(server.uri("/")))).start());
      }
      assertThat(bad.whenReadable(hang)).isTrue();

      more.countDown();

      assertThat(hung.await(20, TimeUnit.SECONDS)).isTrue();
      for (Reader reader : readers) {
        assertThat(reader.text()).isEqualTo("onetwotwotwotwotwo");
      }
      assertThat(told.get())
          .extracting(StackTraceElement::getClassName)
          .as("who it is")
          .anyMatch(name -> name.startsWith(WhenReadableTest.class.getName()));
      never.countDown();
      bad.close();
      await().until(() -> client.stats().exchanges() == 0);
    }
  }

  @Test
  void soWithTls(@TempDir Path folder) throws Exception {
    try (var server = new TlsServer(folder);
        var client =
            Fixture.client(
                Fixture.trusting(server.certificate.toString(), Duration.ofSeconds(10)))) {
      for (int i = 0; i < 3; i++) {
        try (Reply reply =
            client.send(
                Fixture.post(URI.create("https://localhost:" + server.port() + "/events")))) {
          Reader reader = new Reader(reply).start();
          assertThat(reader.text()).isEqualTo("event ".repeat(50));
          assertThat(reader.looker.get().getName()).startsWith("lip-streams");
        }
      }
      assertThat(client.stats()).isEqualTo(new UpstreamClient.Stats(1, 1, 0));
    }
  }

  private static ScriptedServer silentAfterOneEvent() throws Exception {
    return new ScriptedServer(peer -> {
      peer.readRequest();
      peer.send(HEAD).chunk("event");
      peer.awaitClose();
    });
  }
}
