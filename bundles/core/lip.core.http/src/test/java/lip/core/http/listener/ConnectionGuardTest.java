package lip.core.http.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import lip.core.http.Box;
import lip.sdk.http.Headers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ConnectionGuardTest {
  private Box box;
  private ConnectionGuard guard;

  @BeforeEach
  void start() throws Exception {
    box = new Box(Box.QUICK);
    guard = new ConnectionGuard(3, Duration.ofMillis(150), Duration.ofMillis(20));
    box.connector.addEventListener(guard);
  }

  @AfterEach
  void stop() throws Exception {
    guard.close();
    box.close();
  }

  @Test
  void drippedHeaderIsClosedAndRestingConnectionIsNot() throws Exception {
    try (Socket resting = box.connect();
        Socket dripping = box.connect()) {
      Box.send(resting, "GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n");
      assertThat(Box.until(resting, "}")).startsWith("HTTP/1.1 200");
      Box.send(dripping, "GET /healthz HTTP/1.1\r\nHo");
      assertThat(dripping.getInputStream().read()).isEqualTo(-1);
      Box.send(resting, "GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n");
      assertThat(Box.until(resting, "}")).startsWith("HTTP/1.1 200");
    }
  }

  @Test
  void runningRequestIsLeftAlone() throws Exception {
    CountDownLatch looked = new CountDownLatch(1);
    box.gateway.on(
        "/x",
        x -> {
          looked.await();
          x.respond(200, Headers.NONE, Box.bytes("late"));
        });
    try (Socket slow = box.connect();
        Socket dripping = box.connect()) {
      Box.send(slow, Box.get("/x"));
      await().until(() -> box.gateway.open.size() == 1);
      Box.send(dripping, "GET /");
      assertThat(dripping.getInputStream().read()).isEqualTo(-1);
      looked.countDown();
      assertThat(Box.rest(slow)).endsWith("late");
    }
  }

  @Test
  void connectionsOverTheLimitAreClosed() throws Exception {
    try (Socket a = box.connect();
        Socket b = box.connect();
        Socket c = box.connect()) {
      await().until(() -> guard.connections() == 3);
      try (Socket d = box.connect()) {
        assertThat(ended(d)).isTrue();
      }
      assertThat(a.isConnected() && b.isConnected() && c.isConnected()).isTrue();
    }
    await().until(() -> guard.connections() == 0);
  }

  private static boolean ended(Socket socket) throws Exception {
    try {
      return socket.getInputStream().read() < 0;
    } catch (SocketException e) {
      return true;
    }
  }
}
