package lip.core.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import lip.sdk.frontend.Exchange;
import lip.sdk.frontend.Records;
import lip.sdk.http.Headers;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class ResponseTest {
  private static final Headers SSE = Headers.of("Content-Type", "text/event-stream");
  private static final byte[] SILENT = {};
  @AutoClose private final Box box = new Box(Box.QUICK);

  ResponseTest() throws Exception {}

  private static Records stream(Exchange exchange) {
    exchange.lastWords(Box.words(true));
    return exchange.stream(200, SSE, SILENT);
  }

  private static void write(Records records, String text) {
    records.write(Box.bytes(text), 0, text.length());
  }

  @Test
  void wholeResponseCarriesTraceIdAndLength() throws Exception {
    box.gateway.on("/v1/x", x -> x.respond(201, Headers.of("X-A", "b"), x.body()));
    String answer =
        box.talk(
            "POST /v1/x?q=1 HTTP/1.1\r\nHost: x\r\nX-Trace-ID: abc:1\r\nConnection: close\r\n"
                + "Content-Length: 5\r\n\r\nhello");
    assertThat(answer)
        .startsWith("HTTP/1.1 201")
        .contains("X-Trace-ID: abc:1", "X-A: b", "Content-Length: 5")
        .endsWith("\r\n\r\nhello");
    await().until(() -> box.gateway.open.isEmpty());
  }

  @Test
  void whatTheCoreHasToSayIsInEveryHeadOnce() throws Exception {
    Headers more = Headers.of("X-A", "core", "X-LIP-Route", "\"a:m\"");
    box.gateway.on(
        "/whole",
        x -> {
          box.gateway.last().headers = more;
          x.respond(200, Headers.of("x-a", "frontend"), SILENT);
        });
    box.gateway.on(
        "/stream",
        x -> {
          Records records = stream(x);
          // Known only after the head was prepared.
          box.gateway.last().headers = more;
          write(records, "one\n");
          records.end();
        });
    box.gateway.on(
        "/broken",
        _ -> {
          box.gateway.last().headers = more;
          throw new IllegalStateException("broken");
        });
    for (String path : new String[] {"/whole", "/stream", "/broken"}) {
      String answer = box.talk("GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
      assertThat(answer).contains("X-LIP-Route: \"a:m\"\r");
      boolean said = path.equals("/whole");
      assertThat(answer.toLowerCase(java.util.Locale.ROOT))
          .containsOnlyOnce("x-a: ")
          .contains(said ? "x-a: frontend" : "x-a: core");
    }
  }

  @Test
  void badTraceIdIsReplaced() throws Exception {
    box.gateway.on("/v1/x", x -> x.respond(200, Headers.NONE, Box.bytes(x.traceId())));
    String answer =
        box.talk("GET /v1/x HTTP/1.1\r\nHost: x\r\nX-Trace-ID: a b\r\nConnection: close\r\n\r\n");
    assertThat(answer).containsPattern("X-Trace-ID: t_[0-9a-f]{32}\r").doesNotContain("a b");
  }

  @Test
  void recordsLeaveAtEachFlushAndEndInOrder() throws Exception {
    CountDownLatch seen = new CountDownLatch(1);
    box.gateway.on(
        "/s",
        x -> {
          Records records = stream(x);
          write(records, "one\n");
          assertThat(x.started()).isFalse();
          records.flush();
          assertThat(x.started()).isTrue();
          seen.await();
          write(records, "two\n");
          write(records, "three\n");
          records.end();
        });
    try (Socket socket = box.connect()) {
      Box.send(socket, Box.get("/s"));
      assertThat(Box.until(socket, "one\n")).contains("text/event-stream");
      seen.countDown();
      assertThat(Box.rest(socket)).contains("two\nthree\n").endsWith("0\r\n\r\n");
    }
  }

  @Test
  void largeRecordsArriveWhole() throws Exception {
    String big = "#".repeat(100_000);
    box.gateway.on(
        "/s",
        x -> {
          Records records = stream(x);
          write(records, "start");
          write(records, big);
          for (int i = 0; i < 3000; i++) {
            write(records, "0123456789");
          }
          records.end();
        });
    String answer = box.talk(Box.get("/s"));
    assertThat(answer.chars().filter(c -> c == '#').count()).isEqualTo(100_000);
    assertThat(answer).endsWith("0\r\n\r\n");
  }

  @Test
  void breakOffCutsWithoutEndOfBody() throws Exception {
    box.gateway.on(
        "/s",
        x -> {
          Records records = stream(x);
          write(records, "one\n");
          records.flush();
          records.breakOff(Box.bytes("error\n"));
        });
    assertThat(box.talk(Box.get("/s"))).contains("one\n", "error\n").doesNotEndWith("0\r\n\r\n");
    await().until(() -> box.gateway.open.isEmpty());
  }

  @Test
  void splitAndPipelinedRequestsAreAnsweredInTurn() throws Exception {
    box.gateway.on("/v1/x", x -> x.respond(200, Headers.NONE, x.body()));
    box.gateway.on(
        "/s",
        x -> {
          Records records = stream(x);
          write(records, "streamed\n");
          records.flush();
          Thread.sleep(50);
          records.end();
        });
    try (Socket socket = box.connect()) {
      for (char c :
          "POST /v1/x HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabc".toCharArray()) {
        Box.send(socket, String.valueOf(c));
      }
      assertThat(Box.until(socket, "abc")).startsWith("HTTP/1.1 200");
      Box.send(socket, "GET /s HTTP/1.1\r\nHost: x\r\n\r\n");
      Box.until(socket, "streamed\n");
      // Arrives while the stream runs and is watched: it must reach Jetty untouched.
      Box.send(socket, Box.post("/v1/x", "second"));
      assertThat(Box.until(socket, "0\r\n\r\n")).doesNotContain("HTTP/1.1");
      assertThat(Box.rest(socket)).startsWith("HTTP/1.1 200").endsWith("second");
    }
  }

  @Test
  void keepAlivesComeBetweenRecordsAndStartTheStream() throws Exception {
    box.servlet.terms(keepAlive(Duration.ofMillis(20)));
    CountDownLatch go = new CountDownLatch(1);
    box.gateway.on(
        "/s",
        x -> {
          x.lastWords(Box.words(true));
          Records records = x.stream(200, SSE, Box.bytes(": k\n"));
          go.await();
          for (int i = 0; i < 50; i++) {
            write(records, "<abcdefgh>\n");
            if (i % 10 == 0) {
              Thread.sleep(25);
            }
          }
          records.end();
        });
    try (Socket socket = box.connect()) {
      Box.send(socket, Box.get("/s"));
      Box.until(socket, ": k\n");
      go.countDown();
      String rest = Box.rest(socket).replaceAll("\r\n[0-9A-Fa-f]+\r\n", "").replace(": k\n", "");
      assertThat(rest.split("<abcdefgh>\n", -1)).hasSize(51);
    }
  }

  @Test
  void respondAfterKeepAliveBecomesBreakOff() throws Exception {
    box.servlet.terms(keepAlive(Duration.ofMillis(20)));
    box.gateway.on(
        "/s",
        x -> {
          x.lastWords(Box.words(true));
          x.stream(200, SSE, Box.bytes(": k\n"));
          await().until(x::started);
          x.respond(500, Headers.NONE, Box.bytes("too late"));
        });
    assertThat(box.talk(Box.get("/s")))
        .startsWith("HTTP/1.1 200")
        .contains(": k\n", "last words\n")
        .doesNotContain("too late")
        .doesNotEndWith("0\r\n\r\n");
    assertThat(box.gateway.last().blamed.get()).isNull();
  }

  @Test
  void respondStillWorksBeforeAnythingLeft() throws Exception {
    box.gateway.on(
        "/s",
        x -> {
          write(stream(x), "dropped");
          x.respond(429, Headers.of("Retry-After", "1"), Box.bytes("slow down"));
        });
    assertThat(box.talk(Box.get("/s")))
        .startsWith("HTTP/1.1 429")
        .endsWith("slow down")
        .doesNotContain("dropped", "event-stream");
  }

  @Test
  void exceptionBeforeStartIsMasked() throws Exception {
    box.gateway.on(
        "/s",
        x -> {
          throw new java.io.IOException("secret");
        });
    assertThat(box.talk(Box.get("/s")))
        .startsWith("HTTP/1.1 500")
        .endsWith("rendered internal error")
        .doesNotContain("secret", "Exception", "lip.");
    assertThat(box.gateway.last().blamed.get()).isNotNull();
  }

  @Test
  void exceptionAfterStartSaysLastWordsAndCuts() throws Exception {
    box.gateway.on(
        "/s",
        x -> {
          Records records = stream(x);
          write(records, "one\n");
          records.flush();
          throw new IllegalStateException("secret");
        });
    assertThat(box.talk(Box.get("/s")))
        .contains("one\n", "last words\n")
        .doesNotContain("secret")
        .doesNotEndWith("0\r\n\r\n");
  }

  @Test
  void forgottenEndIsAFailure() throws Exception {
    box.gateway.on("/s", x -> {});
    assertThat(box.talk(Box.get("/s"))).startsWith("HTTP/1.1 500");
  }

  @Test
  void clientIsToldOfWrongPathsAndMethods() throws Exception {
    box.gateway.on("/v1/x", x -> x.respond(200, Headers.NONE, SILENT));
    assertThat(box.talk(Box.get("/nowhere"))).startsWith("HTTP/1.1 404").contains("\"not_found\"");
    assertThat(box.talk(Box.get("/v1/x;a=b"))).startsWith("HTTP/1.1 404");
    assertThat(box.talk(Box.get("/v1/%78"))).startsWith("HTTP/1.1 404");
    assertThat(box.talk(Box.get("/a/../v1/x"))).doesNotStartWith("HTTP/1.1 200");
    assertThat(box.talk("DELETE /v1/x HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))
        .startsWith("HTTP/1.1 405")
        .contains("Allow: GET, POST")
        .endsWith("rendered use POST");
  }

  @Test
  void healthAndReadinessAreServed() throws Exception {
    assertThat(box.talk(Box.get("/healthz"))).startsWith("HTTP/1.1 200");
    assertThat(box.talk(Box.get("/readyz"))).startsWith("HTTP/1.1 200");
    box.gateway.notReady = java.util.List.of("feature \"x\" is missing");
    assertThat(box.talk(Box.get("/readyz")))
        .startsWith("HTTP/1.1 503")
        .contains("feature \\\"x\\\" is missing");
    box.gateway.notReady = java.util.List.of();
    box.servlet.stopping();
    assertThat(box.talk(Box.get("/readyz"))).startsWith("HTTP/1.1 503");
    AtomicReference<String> hint = new AtomicReference<>(box.talk(Box.get("/")));
    assertThat(hint.get()).startsWith("HTTP/1.1 200");
  }

  private static Terms keepAlive(Duration interval) {
    Terms t = Box.QUICK;
    return new Terms(
        t.maxBody(), t.maxRawBody(), t.maxHeldBodies(), t.read(), t.write(), t.idle(), interval);
  }
}
