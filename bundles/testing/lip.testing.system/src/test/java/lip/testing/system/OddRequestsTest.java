package lip.testing.system;

import static lip.testing.system.HostileInstance.CHAT;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that are legal but rare, and those that are nearly legal: each has one known end. */
@Tag("system")
@ExtendWith(HostileInstance.class)
class OddRequestsTest {
  /** A short unary request. */
  static final String BODY = ask("hi");

  private static String ask(String text) {
    return "{\"model\":\"local-stub:stub-echo\",\"messages\":[{\"role\":\"user\",\"content\":\""
        + text
        + "\"}]}";
  }

  private static String post(String fields, String body) {
    return "POST "
        + CHAT
        + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
        + fields
        + "\r\n"
        + body;
  }

  private static String whole(String body) {
    return post("Content-Length: " + body.length() + "\r\n", body);
  }

  private static String last(String body) {
    return post("Connection: close\r\nContent-Length: " + body.length() + "\r\n", body);
  }

  @Test
  void pipelinedRequestsAreAnsweredInTheirOrder(HostileInstance.Target target) throws IOException {
    var requests = new StringBuilder();
    for (int i = 0; i < 200; i++) {
      requests.append(whole(ask("number" + i + ".")));
    }

    String answers = RawSocket.talk(target.port(), requests + last(ask("number200.")));

    int at = -1;
    for (int i = 0; i <= 200; i++) {
      int found = answers.indexOf("number" + i + ".", at + 1);
      assertThat(found).as("answer %d", i).isGreaterThan(at);
      at = found;
    }
    assertThat(RawSocket.statuses(answers)).hasSize(201).containsOnly(200);
  }

  @Test
  void aRequestBehindAStreamWaitsForItsEnd(HostileInstance.Target target) throws IOException {
    String stream = BadInputTest.chat("local-stub:stub-slow-20ms-20");

    String answers = RawSocket.talk(target.port(), whole(stream) + last(ask("behind")));

    assertThat(RawSocket.statuses(answers)).containsExactly(200, 200);
    assertThat(answers.indexOf("[DONE]")).isPositive().isLessThan(answers.indexOf("behind"));
  }

  @Test
  void whatIsLongerThanItsLengthIsTheNextRequest(HostileInstance.Target target) throws IOException {
    String answers = RawSocket.talk(target.port(), whole(BODY) + "more than declared\r\n\r\n");

    assertThat(RawSocket.statuses(answers)).containsExactly(200, 505);
  }

  @Test
  void whatIsShorterThanItsLengthIsWaitedForAndThenRefused(HostileInstance.Target target)
      throws IOException {
    String answers = RawSocket.talk(target.port(), post("Content-Length: 500\r\n", BODY));

    assertThat(RawSocket.statuses(answers)).containsExactly(408);
    assertThat(answers).contains("did not arrive within 3000 ms");
  }

  @Test
  void aBodyThatIsCutIsRefused(HostileInstance.Target target) throws IOException {
    try (var raw = new RawSocket(target.port())) {
      String answer = raw.send(post("Content-Length: 500\r\n", BODY)).shutOutput().rest();
      assertThat(RawSocket.statuses(answer)).containsExactly(400);
      assertThat(answer).contains("cut off");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"local-stub:stub-echo\"",
        "\"local-stub:stub-late-500ms\"",
        "\"local-stub:stub-late-500ms\",\"stream\":true",
        "\"local-stub:stub-slow-50ms-20\",\"stream\":true"
      })
  void aClientThatOnlySendsNoMoreIsAnswered(String model, HostileInstance.Target target)
      throws IOException {
    String body = BODY.replace("\"local-stub:stub-echo\"", model);
    try (var raw = new RawSocket(target.port())) {
      String answer = raw.send(whole(body)).shutOutput().rest();
      assertThat(RawSocket.statuses(answer)).endsWith(200);
      assertThat(answer).containsPattern("\\[DONE\\]\\s+0\\s+$|\"usage\":\\{.*\\}\\s*$");
    }
  }

  @Test
  void aHeaderThatIsCutHasNoAnswerOrOneRefusal(HostileInstance.Target target) throws IOException {
    try (var raw = new RawSocket(target.port())) {
      String answer = raw.send(whole(BODY).substring(0, 60)).shutOutput().rest();
      // It depends on whether the end comes in the same read as the bytes before it.
      assertThat(answer).matches("(?s)(HTTP/1\\.1 400 .*)?");
      assertThat(RawSocket.statuses(answer)).hasSizeLessThanOrEqualTo(1);
    }
  }

  @Test
  void expectationIsMetBeforeTheBody(HostileInstance.Target target) throws IOException {
    try (var raw = new RawSocket(target.port())) {
      raw.send(post("Expect: 100-continue\r\nContent-Length: " + BODY.length() + "\r\n", ""));
      assertThat(raw.until("\r\n\r\n")).startsWith("HTTP/1.1 100 ");
      assertThat(raw.send(BODY).until("\r\n\r\n")).startsWith("HTTP/1.1 200 ");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/v1/nothing 5 404", "/v1/models 5 405", CHAT + " 99999999 413"})
  void whatIsRefusedAnywayIsNotAskedFor(String row, HostileInstance.Target target)
      throws IOException {
    String[] parts = row.split(" ");
    String answer =
        RawSocket.talk(
            target.port(),
            "POST %s HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: %s\r\n\r\n"
                .formatted(parts[0], parts[1]));

    assertThat(RawSocket.statuses(answer)).containsExactly(Integer.parseInt(parts[2]));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
            + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n",
        "Upgrade: h2c\r\nConnection: Upgrade, HTTP2-Settings\r\n"
            + "HTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA\r\n",
        "Upgrade: TLS/1.3\r\nConnection: Upgrade\r\n"
      })
  void anUpgradeIsPassedOver(String fields, HostileInstance.Target target) throws IOException {
    try (var raw = new RawSocket(target.port())) {
      raw.send(post(fields + "Content-Length: " + BODY.length() + "\r\n", BODY));
      assertThat(raw.until("\r\n\r\n")).startsWith("HTTP/1.1 200 ").doesNotContain("Upgrade");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"TRACE", "JUNK", "OPTIONS", "PATCH", "post", "PROPFIND"})
  void anotherMethodIsNotAllowed(String method, HostileInstance.Target target) throws IOException {
    try (var connection = new Connection(target.port())) {
      int status =
          connection.request(
              method, CHAT, Map.of("Authorization", "Bearer " + SharedInstance.KEY), new byte[0]);
      assertThat(status).isEqualTo(405);
      assertThat(connection.header("allow")).isEqualTo("POST");
      assertThat(BadInputTest.error(connection)).contains("not allowed");
    }
  }

  @Test
  void nothingIsTunnelledOrEchoed(HostileInstance.Target target) throws IOException {
    String end = "Host: localhost\r\nX-Mine: a-value-to-echo\r\n\r\n";
    // Shows the end of the answer: a refused CONNECT stays HTTP.
    String next = "GET /v1/models HTTP/0.9\r\n\r\n";
    for (String line :
        new String[] {"CONNECT localhost:22", "CONNECT 127.0.0.1:1", "TRACE /", "OPTIONS *"}) {
      String answer = RawSocket.talk(target.port(), line + " HTTP/1.1\r\n" + end + next);
      assertThat(RawSocket.statuses(answer)).as(answer).hasSize(2).contains(505);
      assertThat(RawSocket.statuses(answer)[0]).as(line).isIn(400, 404, 405);
      assertThat(answer).doesNotContain("a-value-to-echo");
    }
  }

  @Test
  void aBareLineFeedEndsALine(HostileInstance.Target target) throws IOException {
    String answer = RawSocket.talk(target.port(), last(BODY).replace("\r\n", "\n"));

    assertThat(RawSocket.statuses(answer)).containsExactly(200);
    // What would smuggle, does not: one framing is allowed, however its line ends.
    String both = "X-A: b\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n";
    answer = RawSocket.talk(target.port(), post(both, "0\r\n\r\n"));
    assertThat(RawSocket.statuses(answer)).containsExactly(400);
  }

  @Test
  void chunkExtensionsAreIgnored(HostileInstance.Target target) throws IOException {
    String chunks =
        Integer.toHexString(BODY.length()) + ";name=\"value\"\r\n" + BODY + "\r\n0;last\r\n\r\n";

    String answer =
        RawSocket.talk(
            target.port(), post("Connection: close\r\nTransfer-Encoding: chunked\r\n", chunks));

    assertThat(RawSocket.statuses(answer)).containsExactly(200);
  }

  @Test
  void aTargetWithTheSameAuthorityIsServed(HostileInstance.Target target) throws IOException {
    String answer =
        RawSocket.talk(target.port(), last(BODY).replace("POST /", "POST http://localhost/"));

    assertThat(RawSocket.statuses(answer)).containsExactly(200);
  }
}
