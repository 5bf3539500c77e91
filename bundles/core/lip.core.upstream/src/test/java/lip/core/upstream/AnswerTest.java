package lip.core.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Semaphore;
import java.util.zip.GZIPOutputStream;
import lip.sdk.http.Headers;
import lip.sdk.upstream.Reply;
import lip.sdk.upstream.Request;
import org.junit.jupiter.api.Test;

class AnswerTest {
  @Test
  void aRedirectIsAnAnswer() throws Exception {
    try (var server =
            new ScriptedServer(peer -> {
              peer.readRequest();
              peer.send("HTTP/1.1 307 Go\r\nLocation: /else\r\nContent-Length: 0\r\n\r\n");
              peer.awaitClose();
            });
        var client = Fixture.client();
        Reply reply = client.send(Fixture.post(server.uri("/")))) {
      assertThat(reply.status()).isEqualTo(307);
      assertThat(reply.headers().first("location")).isEqualTo("/else");
      assertThat(reply.readAll(10)).isEmpty();
      assertThat(server.requests).hasSize(1);
      assertThat(client.stats()).isEqualTo(new UpstreamClient.Stats(1, 1, 0));
    }
  }

  @Test
  void answersWithoutABodyFreeTheConnectionAtOnce() throws Exception {
    try (var server =
            new ScriptedServer(peer -> {
              peer.readRequest();
              peer.send("HTTP/1.1 204 No Content\r\n\r\n");
              peer.readRequest();
              peer.send("HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n");
              peer.awaitClose();
            });
        var client = Fixture.client()) {
      Reply none = client.send(Fixture.post(server.uri("/")));
      assertThat(client.stats()).isEqualTo(new UpstreamClient.Stats(1, 1, 0));
      assertThat(Fixture.read(none)).isEqualTo("<end>");
      Reply head =
          client.send(
              new Request("HEAD", server.uri("/"), Headers.NONE, new byte[0], Fixture.LONG, false));
      assertThat(head.headers().first("Content-Length")).isEqualTo("500");
      assertThat(Fixture.read(head)).isEqualTo("<end>");
      assertThat(client.stats()).isEqualTo(new UpstreamClient.Stats(1, 1, 0));
    }
  }

  @Test
  void packedAnswersAreUnpackedEventByEvent() throws Exception {
    Semaphore turn = new Semaphore(0);
    try (var server =
            new ScriptedServer(peer -> {
              peer.readRequest();
              peer.send(
                  "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n"
                      + "Transfer-Encoding: chunked\r\n\r\n");
              var packed = new ByteArrayOutputStream();
              try (var out = new GZIPOutputStream(packed, 512, true)) {
                for (int i = 0; i < 5; i++) {
                  out.write(("event" + i).getBytes(StandardCharsets.UTF_8));
                  out.flush();
                  chunk(peer, packed);
                  turn.acquire();
                }
              }
              chunk(peer, packed);
              peer.send("0\r\n\r\n");
              peer.awaitClose();
            });
        var client = Fixture.client();
        Reply reply = client.send(Fixture.post(server.uri("/")))) {
      assertThat(reply.headers().first("Content-Encoding")).isNull();
      for (int i = 0; i < 5; i++) {
        assertThat(Fixture.read(reply)).isEqualTo("event" + i);
        assertThat(Fixture.readNow(reply)).isEmpty();
        turn.release();
      }
      assertThat(Fixture.read(reply)).isEqualTo("<end>");
      assertThat(client.stats()).isEqualTo(new UpstreamClient.Stats(1, 1, 0));
    }
  }

  @Test
  void whoAskedForACodingGetsIt() throws Exception {
    try (var server =
            new ScriptedServer(peer -> {
              peer.readRequest();
              peer.send(
                  "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 3\r\n\r\nraw");
            });
        var client = Fixture.client();
        Reply reply =
            client.send(
                Request.get(
                    server.uri("/"), Headers.of("Accept-Encoding", "gzip"), Fixture.LONG))) {
      assertThat(reply.headers().first("Content-Encoding")).isEqualTo("gzip");
      assertThat(Fixture.text(reply)).isEqualTo("raw");
    }
  }

  @Test
  void fieldsOfTheConnectionAreTheClientsBusiness() throws Exception {
    try (var server = ReuseTest.numbered();
        var client = Fixture.client()) {
      Headers headers =
          Headers.of(
              "host",
              "evil.test",
              "Content-Length",
              "3",
              "Transfer-Encoding",
              "chunked",
              "Connection",
              "close",
              "X-Own",
              "\u00e4");
      Request request =
          new Request("PUT", server.uri(""), headers, new byte[0], Fixture.LONG, true);
      client.send(request).close();
      assertThat(server.requests.getFirst())
          .isEqualTo(
              "PUT / HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nX-Own: \u00e4\r\nContent-Length: 0\r\n\r\n"
                  .formatted(server.port()));
    }
  }

  @Test
  void whatWouldBreakTheRequestApartIsRefused() throws Exception {
    try (var server = ReuseTest.numbered();
        var client = Fixture.client()) {
      assertThatThrownBy(() -> Headers.of("A", "b\r\nC: d"))
          .isInstanceOf(IllegalArgumentException.class);
      Request bad =
          new Request(
              "GET / HTTP/1.1\r\nX:",
              server.uri("/"),
              Headers.NONE,
              new byte[0],
              Fixture.LONG,
              false);
      assertThatThrownBy(() -> client.send(bad)).isInstanceOf(IllegalArgumentException.class);
      assertThat(client.stats()).isEqualTo(new UpstreamClient.Stats(0, 0, 0));
    }
  }

  private static void chunk(ScriptedServer.Peer peer, ByteArrayOutputStream packed)
      throws Exception {
    peer.send(Integer.toHexString(packed.size()) + "\r\n");
    peer.send(packed.toByteArray()).send("\r\n");
    packed.reset();
  }
}
