package lip.core.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import lip.api.failure.UpstreamFailure;
import lip.sdk.upstream.Reply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReuseTest {
  private static final String HELLO = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello";

  @Test
  void oneConnectionServesManyRequests() throws Exception {
    try (var server = numbered();
        var client = Fixture.client()) {
      for (int i = 0; i < 50; i++) {
        assertThat(Fixture.fetch(client, server.uri("/"))).isEqualTo("conn1");
      }
      assertThat(client.stats()).isEqualTo(new UpstreamClient.Stats(1, 1, 0));
      assertThat(server.requests.getFirst())
          .startsWith("POST / HTTP/1.1\r\nHost: 127.0.0.1:" + server.port() + "\r\n")
          .endsWith("Content-Length: 7\r\n\r\n{\"a\":1}");
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aConnectionClosedWhileIdleIsNoticedBeforeItIsUsed(boolean reset) throws Exception {
    CountDownLatch closed = new CountDownLatch(1);
    try (var server =
            new ScriptedServer(peer -> {
              peer.readRequest();
              peer.send(HELLO);
              if (peer.number == 1) {
                if (reset) {
                  peer.reset();
                } else {
                  peer.socket().close();
                }
                closed.countDown();
              }
              peer.awaitClose();
            });
        var client = Fixture.client()) {
      assertThat(Fixture.fetch(client, server.uri("/"))).isEqualTo("hello");
      closed.await();
      assertThat(Fixture.fetch(client, server.uri("/"))).isEqualTo("hello");
      assertThat(server.connections).hasValue(2);
      assertThat(client.stats().opened()).isEqualTo(2);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aConnectionClosedWhileTheRequestTravelsIsReplacedOnce(boolean reset) throws Exception {
    try (var server =
            new ScriptedServer(peer -> {
              peer.readRequest();
              peer.send(HELLO);
              peer.readRequest();
              if (peer.number == 1 && reset) {
                peer.reset();
              } else if (peer.number > 1) {
                peer.send(HELLO);
              }
            });
        var client = Fixture.client()) {
      assertThat(Fixture.fetch(client, server.uri("/"))).isEqualTo("hello");
      assertThat(Fixture.fetch(client, server.uri("/"))).isEqualTo("hello");
      assertThat(server.connections).hasValue(2);
    }
  }

  @Test
  void theSecondTryIsTheLastOne() throws Exception {
    try (var server =
            new ScriptedServer(peer -> {
              peer.readRequest();
              if (peer.number == 1) {
                peer.send(HELLO);
                peer.readRequest();
              }
            });
        var client = Fixture.client()) {
      assertThat(Fixture.fetch(client, server.uri("/"))).isEqualTo("hello");
      UpstreamFailure failure =
          catchThrowableOfType(
              UpstreamFailure.class, () -> client.send(Fixture.post(server.uri("/"))));
      assertThat(failure.failure().message()).contains("closed the connection before it answered");
      assertThat(server.connections).hasValue(2);
    }
  }

  @Test
  void aFirstByteOfTheAnswerForbidsAnotherTry() throws Exception {
    try (var server =
            new ScriptedServer(peer -> {
              peer.readRequest();
              peer.send(HELLO);
              peer.readRequest();
              peer.send("H");
            });
        var client = Fixture.client()) {
      assertThat(Fixture.fetch(client, server.uri("/"))).isEqualTo("hello");
      assertThat(
              catchThrowableOfType(
                  UpstreamFailure.class, () -> client.send(Fixture.post(server.uri("/")))))
          .isNotNull();
      assertThat(server.connections).hasValue(1);
    }
  }

  @Test
  void bytesThatNobodyAskedForEndAnIdleConnection() throws Exception {
    CountDownLatch sent = new CountDownLatch(1);
    try (var server =
            new ScriptedServer(peer -> {
              peer.readRequest();
              peer.send(HELLO);
              peer.send("HTTP/1.1 408 Request Timeout\r\nContent-Length: 0\r\n\r\n");
              sent.countDown();
              peer.awaitClose();
            });
        var client = Fixture.client()) {
      assertThat(Fixture.fetch(client, server.uri("/"))).isEqualTo("hello");
      sent.await();
      assertThat(Fixture.fetch(client, server.uri("/"))).isEqualTo("hello");
      assertThat(server.connections).hasValue(2);
    }
  }

  @Test
  void theConnectionUsedLastIsTakenFirst() throws Exception {
    try (var server = numbered();
        var client = Fixture.client()) {
      List<Reply> replies = sendAll(client, server, 3);
      endInOrder(replies, 0, 2, 1);
      assertThat(Fixture.fetch(client, server.uri("/"))).isEqualTo("conn2");
      assertThat(Fixture.fetch(client, server.uri("/"))).isEqualTo("conn2");
      assertThat(client.stats()).isEqualTo(new UpstreamClient.Stats(3, 3, 0));
    }
  }

  @Test
  void theOldestIdleConnectionsGoWhenThereAreTooMany() throws Exception {
    try (var server = numbered();
        var client = Fixture.client(Fixture.options(10, 2, Duration.ofMinutes(1)))) {
      endInOrder(sendAll(client, server, 4), 0, 1, 2, 3);
      assertThat(client.stats().idle()).isEqualTo(2);
      await().until(() -> server.open.get() == 2);
      assertThat(Fixture.fetch(client, server.uri("/"))).isEqualTo("conn4");
    }
  }

  @Test
  void theLimitInTotalCountsAllOrigins() throws Exception {
    try (var one = numbered();
        var two = numbered();
        var client = Fixture.client(Fixture.options(3, 3, Duration.ofMinutes(1)))) {
      endInOrder(sendAll(client, one, 2), 0, 1);
      endInOrder(sendAll(client, two, 2), 0, 1);
      assertThat(client.stats().idle()).isEqualTo(3);
      await().until(() -> one.open.get() == 1 && two.open.get() == 2);
    }
  }

  @Test
  void idleConnectionsAreClosedAfterATimeAndNewOptionsActAtOnce() throws Exception {
    var options = new AtomicReference<>(Fixture.plain());
    try (var server = numbered();
        var client = new UpstreamClient(options::get, Map.of())) {
      endInOrder(sendAll(client, server, 2), 0, 1);
      assertThat(client.stats().idle()).isEqualTo(2);
      options.set(Fixture.options(100, 64, Duration.ofMillis(1)));
      await().until(() -> client.stats().idle() == 0 && server.open.get() == 0);
      assertThat(Fixture.fetch(client, server.uri("/"))).isEqualTo("conn3");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 5\r\n\r\nhello",
        "HTTP/1.0 200 OK\r\nContent-Length: 5\r\n\r\nhello"
      })
  void whoWantsToCloseIsNotKept(String answer) throws Exception {
    try (var server =
            new ScriptedServer(peer -> {
              peer.readRequest();
              peer.send(answer);
              peer.awaitClose();
            });
        var client = Fixture.client()) {
      assertThat(Fixture.fetch(client, server.uri("/"))).isEqualTo("hello");
      assertThat(client.stats().idle()).isZero();
      await().until(() -> server.open.get() == 0);
    }
  }

  @Test
  void theEndOfTheClientEndsIdleConnections() throws Exception {
    try (var server = numbered()) {
      UpstreamClient client = Fixture.client();
      endInOrder(sendAll(client, server, 2), 0, 1);
      client.close();
      await().until(() -> server.open.get() == 0);
      assertThat(
              catchThrowableOfType(
                  UpstreamFailure.class, () -> client.send(Fixture.post(server.uri("/")))))
          .hasMessageContaining("shutting down");
    }
  }

  /** Answers each request with the number of its connection. */
  static ScriptedServer numbered() {
    return new ScriptedServer(peer -> {
      for (; ; ) {
        peer.readRequest();
        peer.send("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nconn" + peer.number);
      }
    });
  }

  private static List<Reply> sendAll(UpstreamClient client, ScriptedServer server, int count)
      throws Exception {
    List<Reply> replies = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      replies.add(client.send(Fixture.post(server.uri("/"))));
    }
    return replies;
  }

  private static void endInOrder(List<Reply> replies, int... order) throws Exception {
    for (int i : order) {
      try (Reply reply = replies.get(i)) {
        Fixture.text(reply);
      }
    }
  }
}
