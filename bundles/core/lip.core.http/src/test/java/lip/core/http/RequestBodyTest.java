package lip.core.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import lip.api.failure.Rejected;
import lip.core.gateway.EndCause;
import lip.sdk.frontend.Exchange;
import lip.sdk.frontend.ExchangeEnded;
import lip.sdk.frontend.Records;
import lip.sdk.http.Headers;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class RequestBodyTest {
  private final AtomicInteger decoded = new AtomicInteger();
  @AutoClose private final Box box = new Box(Box.QUICK);

  RequestBodyTest() throws Exception {
    box.gateway.on("/b", this::echo);
  }

  private void echo(Exchange x) {
    x.lastWords(Box.words(true));
    try {
      byte[] body = x.body();
      decoded.incrementAndGet();
      x.respond(200, Headers.NONE, body);
    } catch (Rejected e) {
      x.respond(
          e.failure().kind().httpStatus(),
          Headers.of("X-Class", e.failure().kind().id()),
          Box.bytes(e.failure().message()));
    }
  }

  @Test
  void declaredAndChunkedBodiesArriveWhole() throws Exception {
    String body = "0123456789".repeat(50_000);
    assertThat(box.talk(Box.post("/b", body))).endsWith("\r\n\r\n" + body);
    String chunk = "1388\r\n" + "x".repeat(5000) + "\r\n";
    assertThat(
            box.talk(
                "POST /b HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
                    + "Transfer-Encoding: chunked\r\n\r\n"
                    + chunk.repeat(20)
                    + "0\r\n\r\n"))
        .endsWith("\r\n\r\n" + "x".repeat(100_000));
  }

  @Test
  void bodyOfExactlyTheLimitIsTaken() throws Exception {
    String body = "z".repeat(1 << 20);
    assertThat(box.talk(Box.post("/b", body))).startsWith("HTTP/1.1 200");
  }

  @Test
  void declaredTooLargeIs413AndReadableThoughTheClientSendsOn() throws Exception {
    assertThat(box.talk(Box.post("/b", "z".repeat(3 << 20))))
        .startsWith("HTTP/1.1 413")
        .contains("Connection: close", "X-Class: too_large")
        .endsWith("larger than 1048576 bytes");
    assertThat(decoded).hasValue(0);
  }

  @Test
  void chunkedTooLargeIs413() throws Exception {
    String chunk = "10000\r\n" + "z".repeat(65536) + "\r\n";
    assertThat(
            box.talk(
                "POST /b HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
                    + chunk.repeat(20)
                    + "0\r\n\r\n"))
        .startsWith("HTTP/1.1 413");
  }

  @Test
  void gzipAndDeflateAreDecodedWithinTheLimit() throws Exception {
    ByteArrayOutputStream gzip = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(gzip)) {
      out.write(Box.bytes("hello gzip"));
    }
    assertThat(coded("gzip", gzip.toByteArray())).endsWith("hello gzip");
    ByteArrayOutputStream deflate = new ByteArrayOutputStream();
    try (OutputStream out = new DeflaterOutputStream(deflate)) {
      out.write(Box.bytes("hello deflate"));
    }
    assertThat(coded("deflate", deflate.toByteArray())).endsWith("hello deflate");
    ByteArrayOutputStream bomb = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(bomb)) {
      out.write(new byte[(1 << 20) + 1]);
    }
    assertThat(coded("gzip", bomb.toByteArray())).startsWith("HTTP/1.1 413");
    assertThat(coded("gzip", Box.bytes("no gzip at all"))).startsWith("HTTP/1.1 400");
    assertThat(coded("br", Box.bytes("x")))
        .startsWith("HTTP/1.1 415")
        .contains("use gzip, deflate or none");
  }

  private String coded(String coding, byte[] body) throws Exception {
    try (Socket socket = box.connect()) {
      Box.send(
          socket,
          "POST /b HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Encoding: "
              + coding
              + "\r\nContent-Length: "
              + body.length
              + "\r\n\r\n");
      socket.getOutputStream().write(body);
      return Box.rest(socket);
    }
  }

  @Test
  void slowBodyIsATimeout() throws Exception {
    Terms t = Box.QUICK;
    box.servlet.terms(
        new Terms(
            t.maxBody(),
            t.maxRawBody(),
            t.maxHeldBodies(),
            Duration.ofMillis(100),
            t.write(),
            t.idle(),
            t.keepAlive()));
    try (Socket socket = box.connect()) {
      Box.send(socket, "POST /b HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nabc");
      assertThat(Box.until(socket, "within 100 ms"))
          .startsWith("HTTP/1.1 408")
          .contains("X-Class: " + RequestBody.LATE.id());
    }
    assertThat(decoded).hasValue(0);
    await().until(() -> box.gateway.open.isEmpty());
  }

  @Test
  void cutOffBodyReachesNoHandler() throws Exception {
    try (Socket socket = box.connect()) {
      Box.send(socket, "POST /b HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nabc");
      await().until(() -> box.gateway.open.size() == 1);
    }
    await().until(() -> box.gateway.open.isEmpty());
    assertThat(decoded).hasValue(0);
  }

  @Test
  void revokeWhileReadingEndsTheResponseInProtocol() throws Exception {
    AtomicReference<Throwable> seen = new AtomicReference<>();
    CountDownLatch reading = new CountDownLatch(1);
    box.gateway.on(
        "/r",
        x -> {
          x.lastWords(Box.words(true));
          reading.countDown();
          try {
            x.body();
          } catch (Throwable t) {
            seen.set(t);
            throw t;
          }
        });
    try (Socket socket = box.connect()) {
      Box.send(socket, "POST /r HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nabc");
      reading.await();
      box.gateway.last().revoke(EndCause.DRAIN);
      assertThat(Box.rest(socket)).startsWith("HTTP/1.1 503").endsWith("unstarted words");
    }
    await().until(() -> box.gateway.open.isEmpty());
    assertThat(seen.get()).isInstanceOf(ExchangeEnded.class);
  }

  @Test
  void rawBodyStreamsAsSent() throws Exception {
    box.gateway.on(
        "/raw",
        x -> {
          try (InputStream in = x.bodyStream()) {
            x.respond(200, Headers.NONE, in.readAllBytes());
          }
        });
    String body = "raw".repeat(100_000);
    assertThat(box.talk(Box.post("/raw", body))).endsWith("\r\n\r\n" + body);
  }

  @Test
  void aThousandAbortedUploadsLeaveNothingOpen() throws Exception {
    for (int i = 0; i < 1000; i++) {
      try (Socket socket = box.connect()) {
        Box.send(socket, "POST /b HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\nabc");
        if (i % 3 == 0) {
          socket.setSoLinger(true, 0);
        }
      }
    }
    await().atMost(Duration.ofSeconds(30)).until(() -> box.gateway.open.isEmpty());
    await().until(() -> box.connector.getConnectedEndPoints().isEmpty());
    await().until(() -> box.looked() == 0);
    assertThat(decoded).hasValue(0);
  }

  @Test
  void bodiesHeldAtOnceHaveABoundUntilTheirAnswersBegin() throws Exception {
    hold(3 << 19);
    CountDownLatch answer = new CountDownLatch(1);
    CountDownLatch end = new CountDownLatch(1);
    box.gateway.on(
        "/slow",
        x -> {
          x.lastWords(Box.words(true));
          Records records = x.stream(200, Headers.NONE, new byte[0]);
          taken(x);
          await().until(() -> answer.getCount() == 0);
          records.write(Box.bytes("first\n"), 0, 6);
          records.flush();
          await().until(() -> end.getCount() == 0);
          records.end();
        });
    String large = "z".repeat(1 << 20);
    try (Socket slow = box.connect()) {
      Box.send(slow, Box.post("/slow", large));
      await().until(() -> box.heldBodies() == 1 << 20);
      assertThat(box.talk(Box.post("/b", large)))
          .startsWith("HTTP/1.1 429")
          .contains("X-Class: rate_limited")
          .endsWith("please try again");
      assertThat(box.talk(Box.post("/b", "small"))).startsWith("HTTP/1.1 200").endsWith("small");
      answer.countDown();
      Box.until(slow, "first");
      assertThat(box.heldBodies()).isZero();
      assertThat(box.talk(Box.post("/b", large))).startsWith("HTTP/1.1 200");
      end.countDown();
    }
    await().until(() -> box.gateway.open.isEmpty());
    assertThat(box.heldBodies()).isZero();
  }

  @Test
  void whatABombWouldTakeIsAskedForBefore() throws Exception {
    hold(1 << 20);
    ByteArrayOutputStream bomb = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(bomb)) {
      out.write(new byte[800 << 10]);
    }
    assertThat(coded("gzip", bomb.toByteArray())).startsWith("HTTP/1.1 200");
    try (Socket slow = box.connect()) {
      Box.send(slow, "POST /b HTTP/1.1\r\nHost: x\r\nContent-Length: 500000\r\n\r\nabc");
      await().until(() -> box.heldBodies() == 500_000);
      assertThat(coded("gzip", bomb.toByteArray())).startsWith("HTTP/1.1 429");
    }
    await().until(() -> box.heldBodies() == 0);
  }

  @Test
  void aBodyThatIsCutOffIsHeldNoLonger() throws Exception {
    try (Socket socket = box.connect()) {
      Box.send(socket, "POST /b HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\nabc");
      await().until(() -> box.heldBodies() == 100_000);
    }
    await().until(() -> box.heldBodies() == 0);
  }

  private static byte[] taken(Exchange x) {
    try {
      return x.body();
    } catch (Rejected e) {
      throw new AssertionError(e);
    }
  }

  private void hold(long most) {
    Terms t = Box.QUICK;
    box.servlet.terms(
        new Terms(t.maxBody(), t.maxRawBody(), most, t.read(), t.write(), t.idle(), t.keepAlive()));
  }
}
