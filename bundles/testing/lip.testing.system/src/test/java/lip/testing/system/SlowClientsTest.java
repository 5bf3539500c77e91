package lip.testing.system;

import static lip.testing.system.HostileInstance.CHAT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import lip.testing.emulator.Ending;
import lip.testing.emulator.Exchange;
import lip.testing.emulator.chat.ChatReply;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Clients that are slow, silent or many: they lose their own connection, nobody else's. */
@Tag("system")
@ExtendWith(HostileInstance.class)
class SlowClientsTest {
  private static final int DRIPPERS = 300;

  @Test
  void drippersAreCutAndOthersAreServed(HostileInstance.Target target) throws IOException {
    String header = "POST " + CHAT + " HTTP/1.1\r\nHost: localhost\r\nX-Slow: ";
    String body = header + "yes\r\nContent-Length: 100000\r\n\r\n{\"model\":\"";
    List<Dripper> headers = new ArrayList<>();
    List<Dripper> bodies = new ArrayList<>();
    try {
      for (int i = 0; i < DRIPPERS / 2; i++) {
        headers.add(new Dripper(target.port(), header));
        bodies.add(new Dripper(target.port(), body));
      }
      int[] served = {0};
      await("all drippers are cut")
          .atMost(Duration.ofSeconds(60))
          .pollDelay(Duration.ZERO)
          .pollInterval(Duration.ofMillis(100))
          .until(() -> {
            headers.forEach(Dripper::drip);
            bodies.forEach(Dripper::drip);
            assertThat(served(target)).isEqualTo(200);
            served[0]++;
            return headers.stream().allMatch(Dripper::closed)
                && bodies.stream().allMatch(one -> one.answer().endsWith("}"));
          });
      assertThat(served[0]).isPositive();
    } finally {
      close(headers);
      close(bodies);
    }
    assertThat(headers).allSatisfy(one -> assertThat(one.answer()).isEmpty());
    assertThat(bodies)
        .allSatisfy(one ->
            assertThat(one.answer())
                .startsWith("HTTP/1.1 408 ")
                .contains("did not arrive within 3000 ms")
                .contains("\"type\":\"invalid_request_error\""));
    target.settled();
  }

  @Test
  void aClientThatNeverReadsIsCutWithItsUpstream(HostileInstance.Target target)
      throws IOException, InterruptedException {
    String[] pieces =
        IntStream.range(0, 20_000).mapToObj(i -> "x".repeat(1_000)).toArray(String[]::new);
    target.emulator().script(new ChatReply().text(pieces));
    String patient = BadInputTest.chat("local-stub:stub-slow-50ms-120");
    try (var deaf = new Socket();
        var other = new Connection(target.port())) {
      deaf.setReceiveBufferSize(4096);
      deaf.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), target.port()));
      deaf.getOutputStream().write(request(BadInputTest.chat("openai-legacy:m")));
      await().until(() -> !target.emulator().exchanges().isEmpty());
      Exchange upstream = target.emulator().exchanges().getLast();

      assertThat(other.post(CHAT, "application/json", patient)).isEqualTo(200);
      assertThat(other.body()).contains("word120").contains("[DONE]");

      assertThat(upstream.awaitEnding(Duration.ofSeconds(30))).isEqualTo(Ending.CLIENT_GONE);
      target.settled();
      assertThat(serverClosed(deaf)).isTrue();
    } finally {
      target.emulator().reset();
    }
  }

  @Test
  void aFloodOfResetsLeavesNothingBehind(HostileInstance.Target target) throws IOException {
    String stream =
        new String(
            request(BadInputTest.chat("local-stub:stub-slow-50ms-1000")),
            StandardCharsets.ISO_8859_1);
    String[] beginnings = {"", "POST ", stream.substring(0, 60), stream, stream + stream, "\0\1"};
    for (int i = 0; i < 600; i++) {
      var raw = new RawSocket(target.port());
      raw.send(beginnings[i % beginnings.length]).reset();
    }
    assertThat(served(target)).isEqualTo(200);
    target.settled();
  }

  @Test
  void aRestingConnectionIsClosedAtTheIdleLimit(HostileInstance.Target target) throws IOException {
    try (var silent = new RawSocket(target.port());
        var used = new RawSocket(target.port())) {
      used.send("GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n");
      assertThat(used.until("}")).startsWith("HTTP/1.1 200 ");
      assertThat(used.rest()).isEmpty();
      assertThat(silent.rest()).isEmpty();
    }
  }

  /** Status of an ordinary request on a new connection. */
  private static int served(HostileInstance.Target target) throws IOException {
    try (var connection = new Connection(target.port())) {
      int status =
          connection.request(
              "POST",
              CHAT,
              Map.of("Content-Type", "application/json"),
              OddRequestsTest.BODY.getBytes(StandardCharsets.UTF_8));
      assertThat(connection.body().toLowerCase(Locale.ROOT)).contains("hi");
      return status;
    }
  }

  private static byte[] request(String body) {
    return ("POST %s HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                .formatted(CHAT)
            + "Content-Length: %d\r\n\r\n%s".formatted(body.length(), body))
        .getBytes(StandardCharsets.ISO_8859_1);
  }

  /** Whether what is left in the buffers ends: with an end or a reset. */
  private static boolean serverClosed(Socket socket) {
    try {
      socket.setSoTimeout(30_000);
      return socket.getInputStream().readAllBytes().length > 0;
    } catch (java.net.SocketException e) {
      return true; // A reset.
    } catch (IOException e) {
      return false;
    }
  }

  private static void close(List<Dripper> drippers) throws IOException {
    for (Dripper one : drippers) {
      one.close();
    }
  }
}
