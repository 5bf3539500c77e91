package lip.core.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import lip.api.event.StreamClosed;
import lip.api.failure.FailureClass;
import lip.api.failure.UpstreamFailure;
import lip.sdk.upstream.Reply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsTest {
  private static final Duration LONG = Duration.ofSeconds(20);

  @TempDir static Path folder;

  @Test
  void aTrustedServerIsReadAndItsConnectionKept() throws Exception {
    try (var server = new TlsServer(folder);
        var client = trusting(server)) {
      URI uri = URI.create("https://localhost:" + server.port() + "/");
      for (int i = 0; i < 3; i++) {
        assertThat(Fixture.fetch(client, uri)).isEqualTo("secret");
      }
      assertThat(client.stats()).isEqualTo(new UpstreamClient.Stats(1, 1, 0));
    }
  }

  @Test
  void aCertificateForAnotherNameIsRefused() throws Exception {
    try (var server = new TlsServer(folder);
        var client = trusting(server)) {
      assertUntrusted(client, "127.0.0.1", server.port());
    }
  }

  @Test
  void anUnknownIssuerIsRefused() throws Exception {
    try (var server = new TlsServer(folder);
        var client = Fixture.client()) {
      assertUntrusted(client, "localhost", server.port());
    }
  }

  private static void assertUntrusted(UpstreamClient client, String host, int port) {
    UpstreamFailure failure =
        catchThrowableOfType(
            UpstreamFailure.class,
            () -> client.send(Fixture.post(URI.create("https://" + host + ":" + port + "/"))));
    assertThat(failure.failure().kind()).isEqualTo(FailureClass.UPSTREAM);
    assertThat(failure.failure().recoverable()).isTrue();
    assertThat(failure.failure().message())
        .isEqualTo(
            "the certificate of %s:%d is not trusted or not made for this name"
                .formatted(host, port));
    assertThat(client.stats().exchanges()).isZero();
    assertThat(client.stats().idle()).isZero();
  }

  @Test
  void aServerThatNeverShakesHandsMeetsTheLimit() throws Exception {
    try (var server = new ScriptedServer(ScriptedServer.Peer::awaitClose);
        var client = Fixture.client(Fixture.trusting("", Duration.ofMillis(200)))) {
      UpstreamFailure failure =
          catchThrowableOfType(
              UpstreamFailure.class,
              () ->
                  client.send(
                      Fixture.post(URI.create("https://127.0.0.1:" + server.port() + "/"))));
      assertThat(failure.failure().kind()).isEqualTo(FailureClass.TIMEOUT);
      assertThat(failure.failure().message()).contains("200ms (tls.handshake.timeout)");
      await().until(() -> server.open.get() == 0);
    }
  }

  @Test
  void closeEndsABlockedReadUnderTls() throws Exception {
    try (var server = new TlsServer(folder);
        var client = trusting(server)) {
      Reply reply =
          client.send(Fixture.post(URI.create("https://localhost:" + server.port() + "/slow")));
      assertThat(Fixture.read(reply)).isEqualTo("event");
      assertThat(Fixture.readNow(reply)).isEmpty();
      CompletableFuture<String> end = new CompletableFuture<>();
      Thread reader =
          Thread.ofVirtual()
              .start(() -> {
                try {
                  end.complete(Fixture.read(reply));
                } catch (StreamClosed _) {
                  end.complete("closed");
                } catch (UpstreamFailure e) {
                  end.completeExceptionally(e);
                }
              });
      await().until(() -> reader.getState() == Thread.State.WAITING);
      reply.close();
      assertThat(end.get(10, TimeUnit.SECONDS)).isEqualTo("closed");
      assertThat(client.stats()).isEqualTo(new UpstreamClient.Stats(1, 0, 0));
    }
  }

  private static UpstreamClient trusting(TlsServer server) {
    return Fixture.client(Fixture.trusting(server.certificate.toString(), LONG));
  }
}
