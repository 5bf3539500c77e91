package lip.core.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import lip.core.gateway.EndCause;
import lip.sdk.frontend.Exchange;
import lip.sdk.frontend.ExchangeEnded;
import lip.sdk.frontend.Records;
import lip.sdk.http.Headers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Exchanges that others end: vanished clients, stalled clients, the core. */
class EndingTest {
  private static final byte[] SILENT = {};
  private final CountDownLatch never = new CountDownLatch(1);
  private final AtomicReference<Throwable> seen = new AtomicReference<>();
  @AutoClose private final Box box = new Box(Box.QUICK);

  EndingTest() throws Exception {}

  @AfterEach
  void stop() {
    never.countDown();
  }

  private Records stream(Exchange x, boolean breakOff) {
    x.lastWords(Box.words(breakOff));
    Records records = x.stream(200, Headers.NONE, SILENT);
    records.write(Box.bytes("one\n"), 0, 4);
    records.flush();
    return records;
  }

  private void loopUntilEnded(Records records) {
    try {
      while (never.getCount() > 0) {
        try {
          Thread.sleep(20);
        } catch (InterruptedException e) {
          // A plugin that does not listen.
        }
      }
      records.write(SILENT, 0, 0);
    } catch (ExchangeEnded e) {
      seen.set(e);
      throw e;
    }
  }

  @Test
  void vanishedClientEndsASilentStream() throws Exception {
    box.gateway.on(
        "/s",
        x -> {
          stream(x, true);
          never.await();
        });
    try (Socket socket = box.connect()) {
      Box.send(socket, Box.get("/s"));
      Box.until(socket, "one\n");
    }
    await().until(() -> box.gateway.last().ended.get() == EndCause.CLIENT_GONE);
    assertThat(box.gateway.last().closed()).isFalse();
    never.countDown();
    await().until(() -> box.gateway.open.isEmpty() && box.looked() == 0);
  }

  @Test
  void vanishedClientEndsAStreamThatHasKeepAlives() throws Exception {
    box.gateway.on(
        "/s",
        x -> {
          x.stream(200, Headers.NONE, Box.bytes(":\n"));
          never.await();
        });
    try (Socket socket = box.connect()) {
      Box.send(socket, Box.get("/s"));
      await().until(() -> box.gateway.open.size() == 1);
    }
    await().until(() -> box.gateway.last().ended.get() == EndCause.CLIENT_GONE);
  }

  @Test
  void vanishedClientEndsARequestThatHasNotAnswered() throws Exception {
    box.gateway.on(
        "/x",
        x -> {
          x.body();
          never.await();
        });
    try (Socket socket = box.connect()) {
      Box.send(socket, Box.post("/x", "abc"));
      await().until(() -> box.gateway.open.size() == 1);
    }
    await().until(() -> box.gateway.last().ended.get() == EndCause.CLIENT_GONE);
  }

  @Test
  void halfClosedClientOfAStreamWithoutKeepAlivesCountsAsGone() throws Exception {
    box.gateway.on(
        "/s",
        x -> {
          stream(x, true);
          never.await();
        });
    try (Socket socket = box.connect()) {
      Box.send(socket, Box.get("/s"));
      Box.until(socket, "one\n");
      socket.shutdownOutput();
      await().until(() -> box.gateway.last().ended.get() == EndCause.CLIENT_GONE);
    }
  }

  @Test
  void halfClosedClientGetsTheRestOfItsStream() throws Exception {
    box.gateway.on(
        "/s",
        x -> {
          Records records = x.stream(200, Headers.NONE, Box.bytes(":\n"));
          never.await();
          records.write(Box.bytes("rest\n"), 0, 5);
          records.end();
        });
    try (Socket socket = box.connect()) {
      Box.send(socket, Box.get("/s"));
      socket.shutdownOutput();
      Box.until(socket, ":\n"); // asked whether it is gone
      Box.until(socket, ":\n"); // and again
      never.countDown();
      assertThat(Box.rest(socket)).contains("rest\n").endsWith("0\r\n\r\n");
    }
    assertThat(box.gateway.last().ended.get()).isNull();
  }

  @Test
  void halfClosedClientGetsItsAnswer() throws Exception {
    box.gateway.on(
        "/x",
        x -> {
          x.body();
          never.await();
          x.respond(200, Headers.NONE, Box.bytes("answer"));
        });
    try (Socket socket = box.connect()) {
      Box.send(socket, Box.post("/x", "abc"));
      socket.shutdownOutput();
      Box.until(socket, "HTTP/1.1 102 Processing\r\n\r\n");
      Box.until(socket, "HTTP/1.1 102 Processing\r\n\r\n");
      never.countDown();
      assertThat(Box.rest(socket)).contains("HTTP/1.1 200 ").endsWith("answer");
    }
    assertThat(box.gateway.last().ended.get()).isNull();
  }

  @Test
  void clientThatNeverReadsIsStalled() throws Exception {
    Terms t = Box.QUICK;
    box.servlet.terms(
        new Terms(
            t.maxBody(),
            t.maxRawBody(),
            t.maxHeldBodies(),
            t.read(),
            Duration.ofMillis(150),
            t.idle(),
            t.keepAlive()));
    box.gateway.on("/s", x -> pour(stream(x, true)));
    try (Socket socket = box.connect()) {
      Box.send(socket, Box.get("/s"));
      await().until(() -> box.gateway.open.isEmpty() && !box.gateway.all.isEmpty());
      assertThat(box.gateway.last().ended).hasValue(EndCause.CLIENT_STALLED);
      assertThat(seen.get()).isInstanceOf(ExchangeEnded.class);
    }
    await().until(() -> box.looked() == 0);
  }

  private void pour(Records records) {
    byte[] much = new byte[60_000];
    try {
      while (true) {
        records.write(much, 0, much.length);
        records.flush();
      }
    } catch (ExchangeEnded e) {
      seen.set(e);
      throw e;
    }
  }

  @Test
  void revokeEndsAStuckStreamByBreakOff() throws Exception {
    box.gateway.on("/s", x -> loopUntilEnded(stream(x, true)));
    try (Socket socket = box.connect()) {
      Box.send(socket, Box.get("/s"));
      Box.until(socket, "one\n");
      box.gateway.last().revoke(EndCause.DRAIN);
      assertThat(Box.rest(socket)).contains("last words\n").doesNotEndWith("0\r\n\r\n");
    }
    await().until(() -> box.looked() == 0);
    assertThat(box.gateway.last().closed()).isFalse();
    never.countDown();
    await().until(() -> box.gateway.open.isEmpty());
    assertThat(seen.get()).isInstanceOf(ExchangeEnded.class);
  }

  @Test
  void revokeEndsAStuckStreamCleanlyWhereTheProtocolWantsIt() throws Exception {
    box.gateway.on("/s", x -> loopUntilEnded(stream(x, false)));
    try (Socket socket = box.connect()) {
      Box.send(socket, Box.get("/s"));
      Box.until(socket, "one\n");
      box.gateway.last().revoke(EndCause.DRAIN);
      assertThat(Box.rest(socket)).contains("last words\n").endsWith("0\r\n\r\n");
    }
  }

  @Test
  void revokeBeforeTheStartGivesAStatus() throws Exception {
    box.gateway.on(
        "/s",
        x -> {
          x.lastWords(Box.words(true));
          loopUntilEnded(x.stream(200, Headers.NONE, SILENT));
        });
    try (Socket socket = box.connect()) {
      Box.send(socket, Box.get("/s"));
      await().until(() -> !box.gateway.all.isEmpty());
      Thread.yield();
      box.gateway.last().revoke(EndCause.SHUTDOWN);
      assertThat(Box.rest(socket)).startsWith("HTTP/1.1 503");
    }
  }

  @Test
  void revokeWhileBlockedInWriteFreesTheThread() throws Exception {
    box.gateway.on("/s", x -> pour(stream(x, true)));
    try (Socket socket = box.connect()) {
      Box.send(socket, Box.get("/s"));
      Box.until(socket, "one\n");
      box.gateway.last().revoke(EndCause.DRAIN);
      await().until(() -> box.gateway.open.isEmpty() && box.looked() == 0);
      assertThat(seen.get()).isInstanceOf(ExchangeEnded.class);
    }
  }

  @Test
  void writesAfterRevokeThrow() throws Exception {
    CountDownLatch revoked = new CountDownLatch(1);
    box.gateway.on(
        "/s",
        x -> {
          Records records = stream(x, true);
          try {
            revoked.await();
          } catch (InterruptedException e) {
            seen.set(e);
          }
          try {
            records.write(Box.bytes("stolen"), 0, 6);
          } catch (ExchangeEnded e) {
            seen.set(e);
            throw e;
          }
        });
    try (Socket socket = box.connect()) {
      Box.send(socket, Box.get("/s"));
      Box.until(socket, "one\n");
      box.gateway.last().revoke(EndCause.DRAIN);
      assertThat(Box.rest(socket)).contains("last words").doesNotContain("stolen");
      await().until(() -> box.gateway.open.isEmpty());
      assertThat(seen.get()).isInstanceOf(ExchangeEnded.class);
    }
  }

  @Test
  void aThousandAbortedStreamsLeaveNothingOpen() throws Exception {
    box.gateway.on(
        "/s",
        x -> {
          Records records = stream(x, true);
          while (true) {
            Thread.sleep(5);
            records.write(Box.bytes("tick\n"), 0, 5);
            records.flush();
          }
        });
    for (int i = 0; i < 1000; i++) {
      try (Socket socket = box.connect()) {
        Box.send(socket, Box.get("/s"));
        if (i % 2 == 0) {
          Box.until(socket, "one\n");
        } else {
          socket.setSoLinger(true, 0);
        }
      }
    }
    await().atMost(Duration.ofSeconds(30)).until(() -> box.gateway.open.isEmpty());
    await().until(() -> box.connector.getConnectedEndPoints().isEmpty());
    assertThat(box.looked()).isZero();
  }
}
