package lip.core.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import lip.api.failure.FailureClass;
import lip.api.failure.UpstreamFailure;
import lip.sdk.http.Headers;
import lip.sdk.upstream.Reply;
import lip.sdk.upstream.Request;
import lip.sdk.upstream.Timeouts;
import org.junit.jupiter.api.Test;

class LimitsTest {
  private static final Duration SHORT = Duration.ofMillis(200);
  private static final Duration LONG = Duration.ofSeconds(30);

  @Test
  void aStreamedCallHasTheFirstByteLimit() throws Exception {
    try (var server = silent();
        var client = Fixture.client()) {
      Timeouts limits = new Timeouts(SHORT, LONG, LONG);
      UpstreamFailure failure = fails(client, Fixture.post(server.uri("/"), limits));
      assertThat(failure.failure().kind()).isEqualTo(FailureClass.TIMEOUT);
      assertThat(failure.failure().recoverable()).isTrue();
      assertThat(failure.failure().message())
          .isEqualTo(
              "127.0.0.1:%d did not answer within 200ms (response.header.timeout)"
                  .formatted(server.port()));
      await().until(() -> server.closedByClient.get() == 1);
      assertThat(client.stats()).isEqualTo(new UpstreamClient.Stats(1, 0, 0));
    }
  }

  @Test
  void anUnstreamedCallHasALimitOfItsOwn() throws Exception {
    try (var server = silent();
        var client = Fixture.client()) {
      Timeouts limits = new Timeouts(LONG, LONG, SHORT);
      UpstreamFailure failure = fails(client, Request.get(server.uri("/"), Headers.NONE, limits));
      assertThat(failure.failure().message()).contains("200ms (unstreamed.response.timeout)");
    }
  }

  @Test
  void aDrippingHeadMeetsTheSameLimit() throws Exception {
    try (var server =
            new ScriptedServer(peer -> {
              peer.readRequest();
              peer.send("HTTP/1.1 200 OK\r\nA: ");
              for (; ; ) {
                peer.send("x");
                Thread.sleep(20);
              }
            });
        var client = Fixture.client()) {
      Timeouts limits = new Timeouts(SHORT, LONG, LONG);
      assertThat(fails(client, Fixture.post(server.uri("/"), limits)).failure().kind())
          .isEqualTo(FailureClass.TIMEOUT);
    }
  }

  @Test
  void silenceInsideAnAnswerHasALimitButTheWholeHasNone() throws Exception {
    try (var server =
            new ScriptedServer(peer -> {
              peer.readRequest();
              peer.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
              for (int i = 0; i < 8; i++) {
                Thread.sleep(100);
                peer.chunk("event");
              }
              peer.awaitClose();
            });
        var client = Fixture.client();
        Reply reply =
            client.send(
                Fixture.post(server.uri("/"), new Timeouts(LONG, Duration.ofMillis(400), LONG)))) {
      int size = 0;
      while (size < 40) {
        size += Fixture.read(reply).length();
      }
      UpstreamFailure failure = Fixture.faultOf(reply);
      assertThat(failure.failure().kind()).isEqualTo(FailureClass.TIMEOUT);
      assertThat(failure.failure().message())
          .contains("127.0.0.1:" + server.port())
          .contains("400ms (stream.idle.timeout)");
      await().until(() -> server.closedByClient.get() == 1);
    }
  }

  @Test
  void aServerThatDoesNotReadMeetsTheFirstByteLimit() throws Exception {
    try (var server = new ScriptedServer(_ -> Thread.sleep(60_000));
        var client = Fixture.client()) {
      Request request =
          Request.post(
              server.uri("/"),
              Headers.NONE,
              new byte[32 << 20],
              new Timeouts(Duration.ofMillis(500), LONG, LONG));
      assertThat(fails(client, request).failure().kind()).isEqualTo(FailureClass.TIMEOUT);
    }
  }

  @Test
  void anAnswerBeforeTheBodyWasReadIsSeen() throws Exception {
    try (var server =
            new ScriptedServer(peer -> {
              peer.send("HTTP/1.1 413 Too Large\r\nContent-Length: 0\r\n\r\n");
              peer.socket().shutdownOutput();
              peer.awaitClose();
            });
        var client = Fixture.client()) {
      Request request =
          Request.post(server.uri("/"), Headers.NONE, new byte[8 << 20], Fixture.LONG);
      try (Reply reply = client.send(request)) {
        assertThat(reply.status()).isEqualTo(413);
      }
    }
  }

  @Test
  void largeBodiesArriveWhole() throws Exception {
    byte[] body = "0123456789abcdef".repeat(1 << 16).getBytes(StandardCharsets.UTF_8);
    try (var server =
            new ScriptedServer(peer -> {
              String request = peer.readRequest();
              boolean same =
                  request.endsWith("\r\n\r\n" + new String(body, StandardCharsets.UTF_8));
              peer.send(
                  "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n" + (same ? "equal" : "other"));
            });
        var client = Fixture.client();
        Reply reply =
            client.send(Request.post(server.uri("/"), Headers.NONE, body, Fixture.LONG))) {
      assertThat(Fixture.text(reply)).isEqualTo("equal");
    }
  }

  @Test
  void theOperatorsLimitsStandForTheDefaultAndChangeWithoutARestart() throws Exception {
    var options = new AtomicReference<>(withTimeouts(new Timeouts(LONG, LONG, LONG)));
    try (var server = silent();
        var client = new UpstreamClient(options::get, Map.of())) {
      options.set(withTimeouts(new Timeouts(Duration.ofMillis(150), LONG, LONG)));
      assertThat(fails(client, Fixture.post(server.uri("/"), Timeouts.DEFAULT)).failure().message())
          .contains("150ms");
    }
  }

  @Test
  void aRefusedConnectionNamesTheHost() throws Exception {
    // Nobody ever accepts on this port: a server that is being closed may still reset instead.
    int port;
    try (var free = new java.net.ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    URI uri = URI.create("http://127.0.0.1:" + port + "/");
    try (var client = Fixture.client()) {
      UpstreamFailure failure = fails(client, Fixture.post(uri));
      assertThat(failure.failure().kind()).isEqualTo(FailureClass.UPSTREAM);
      assertThat(failure.failure().recoverable()).isTrue();
      assertThat(failure.failure().message())
          .isEqualTo(
              "cannot connect to 127.0.0.1:" + uri.getPort() + ": the connection was refused");
      assertThat(client.stats().exchanges()).isZero();
    }
  }

  @Test
  void anUnknownNameIsSaid() throws Exception {
    try (var client = Fixture.client()) {
      UpstreamFailure failure =
          fails(client, Fixture.post(URI.create("http://no-such-host.invalid/")));
      assertThat(failure.failure().message()).contains("no-such-host.invalid:80");
      assertThat(failure.failure().recoverable()).isTrue();
    }
  }

  private static UpstreamOptions withTimeouts(Timeouts timeouts) {
    UpstreamOptions o = Fixture.plain();
    return new UpstreamOptions(
        false,
        o.maxIdleConns(),
        o.maxIdleConnsPerHost(),
        o.idleConnTimeout(),
        timeouts,
        o.dialTimeout(),
        o.keepAlive(),
        o.tlsHandshakeTimeout(),
        "",
        o.noProxy(),
        "");
  }

  private static UpstreamFailure fails(UpstreamClient client, Request request) {
    return catchThrowableOfType(UpstreamFailure.class, () -> client.send(request));
  }

  private static ScriptedServer silent() {
    return new ScriptedServer(peer -> {
      peer.readRequest();
      peer.awaitClose();
    });
  }
}
