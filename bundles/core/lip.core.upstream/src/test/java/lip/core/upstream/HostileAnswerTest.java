package lip.core.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.stream.Stream;
import lip.api.failure.FailureClass;
import lip.api.failure.UpstreamFailure;
import lip.sdk.upstream.Reply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a server sends: no hang, no wrong success, no connection used again. */
class HostileAnswerTest {
  private static final String OK = "HTTP/1.1 200 OK\r\n";
  private static final String CHUNKED = OK + "Transfer-Encoding: chunked\r\n\r\n";

  static Stream<Arguments> badHeads() {
    return Stream.of(
        Arguments.of("nothing", ""),
        Arguments.of("cut status line", "HTTP/1.1 20"),
        Arguments.of("cut after the status line", OK),
        Arguments.of("cut inside a field", OK + "Content-Le"),
        Arguments.of("cut after a field", OK + "Content-Type: text/plain\r\n"),
        Arguments.of("cut inside the blank line", OK + "A: b\r\n\r"),
        Arguments.of("no HTTP", "SSH-2.0-OpenSSH_9\r\n\r\n"),
        Arguments.of("HTTP/2", "HTTP/2.0 200 OK\r\nContent-Length: 0\r\n\r\n"),
        Arguments.of("no status", "HTTP/1.1 OK\r\n\r\n"),
        Arguments.of("status below 100", "HTTP/1.1 099 x\r\nContent-Length: 0\r\n\r\n"),
        Arguments.of("header flood", OK + "A: b\r\n".repeat(5000) + "\r\n"),
        Arguments.of("huge line", OK + "A: " + "b".repeat(100_000) + "\r\n\r\n"),
        Arguments.of(
            "huge folded line", OK + "A: b\r\n" + (" " + "c".repeat(4000) + "\r\n").repeat(9)),
        Arguments.of("huge status line", "HTTP/1.1 200 " + "x".repeat(100_000) + "\r\n\r\n"),
        Arguments.of("interim flood", "HTTP/1.1 100 Continue\r\n\r\n".repeat(1000)),
        Arguments.of("switched protocols", "HTTP/1.1 101 x\r\nUpgrade: y\r\n\r\n"),
        Arguments.of("blank lines", "\r\n".repeat(1000)),
        Arguments.of("field without colon", OK + "nonsense\r\n\r\n"),
        Arguments.of("blank before the colon", OK + "Content-Length : 1\r\n\r\nx"),
        Arguments.of("bare CR", OK + "A: b\rContent-Length: 1\r\n\r\nx"),
        Arguments.of("NUL", OK + "A: b\0c\r\nContent-Length: 1\r\n\r\nx"),
        Arguments.of("two lengths", OK + "Content-Length: 1\r\nContent-Length: 2\r\n\r\nxy"),
        Arguments.of("signed length", OK + "Content-Length: +5\r\n\r\nhello"),
        Arguments.of("negative length", OK + "Content-Length: -5\r\n\r\nhello"),
        Arguments.of("length list", OK + "Content-Length: 5, 5\r\n\r\nhello"),
        Arguments.of("overflowing length", OK + "Content-Length: 99999999999999999999\r\n\r\n"),
        Arguments.of("unknown coding", OK + "Transfer-Encoding: gzip, chunked\r\n\r\n"),
        Arguments.of("chunked twice", OK + "Transfer-Encoding: chunked, chunked\r\n\r\n"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("badHeads")
  void aBadHeadIsAFailureBeforeAnyOutput(String name, String answer) throws Exception {
    try (var server = oneAnswer(answer);
        var client = Fixture.client()) {
      UpstreamFailure failure =
          catchThrowableOfType(
              UpstreamFailure.class, () -> client.send(Fixture.post(server.uri("/"))));

      assertThat(failure).as(name).isNotNull();
      assertThat(failure.failure().kind()).isEqualTo(FailureClass.UPSTREAM);
      assertThat(failure.failure().recoverable()).isTrue();
      assertThat(failure.failure().message())
          .contains("127.0.0.1:" + server.port())
          .doesNotContain("Exception");
      assertThat(failure.getCause()).isNotNull();
      assertThat(client.stats()).isEqualTo(new UpstreamClient.Stats(1, 0, 0));
    }
  }

  static Stream<Arguments> badBodies() {
    return Stream.of(
        Arguments.of("empty without framing", OK + "\r\n"),
        Arguments.of("short of its length", OK + "Content-Length: 10\r\n\r\nhello"),
        Arguments.of("nothing of its length", OK + "Content-Length: 10\r\n\r\n"),
        Arguments.of("no chunk", CHUNKED),
        Arguments.of("cut chunk size", CHUNKED + "5\r\nhello\r\n1"),
        Arguments.of("cut chunk size that reads as the end", CHUNKED + "5\r\nhello\r\n0"),
        Arguments.of("cut chunk", CHUNKED + "5\r\nhel"),
        Arguments.of("cut after a chunk", CHUNKED + "5\r\nhello"),
        Arguments.of("cut after the line of a chunk", CHUNKED + "5\r\nhello\r\n"),
        Arguments.of("cut after the last chunk", CHUNKED + "5\r\nhello\r\n0\r\n"),
        Arguments.of("cut trailers", CHUNKED + "5\r\nhello\r\n0\r\nA: b\r\n"),
        Arguments.of("trailer flood", CHUNKED + "0\r\n" + "A: b\r\n".repeat(5000) + "\r\n"),
        Arguments.of("no line after a chunk", CHUNKED + "5\r\nhello5\r\nhello\r\n0\r\n\r\n"),
        Arguments.of("signed chunk size", CHUNKED + "+5\r\nhello\r\n0\r\n\r\n"),
        Arguments.of("minus nothing", CHUNKED + "5\r\nhello\r\n-0\r\n\r\n"),
        Arguments.of("negative chunk size", CHUNKED + "-5\r\nhello\r\n0\r\n\r\n"),
        Arguments.of("chunk size that is no number", CHUNKED + "xyz\r\nhello\r\n0\r\n\r\n"),
        Arguments.of("overflowing chunk size", CHUNKED + "ffffffffffffffffff\r\nhello"),
        Arguments.of("huge chunk extension", CHUNKED + "5;" + "x".repeat(100_000) + "\r\nhello"),
        Arguments.of(
            "broken gzip", OK + "Content-Encoding: gzip\r\nContent-Length: 5\r\n\r\nhello"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("badBodies")
  void aBadBodyIsNeverAProperEnd(String name, String answer) throws Exception {
    try (var server = oneAnswer(answer);
        var client = Fixture.client();
        Reply reply = client.send(Fixture.post(server.uri("/")))) {
      UpstreamFailure failure = Fixture.faultOf(reply);

      assertThat(failure.failure().kind()).as(name).isEqualTo(FailureClass.UPSTREAM);
      assertThat(failure.failure().message())
          .contains("127.0.0.1:" + server.port())
          .doesNotContain("Exception");
      assertThat(client.stats()).isEqualTo(new UpstreamClient.Stats(1, 0, 0));
      assertThat(Fixture.faultOf(reply)).isSameAs(failure);
    }
  }

  @Test
  void bothFramingsAreReadButTheConnectionIsNotUsedAgain() throws Exception {
    try (var server =
            keptOpen(
                OK
                    + "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n"
                    + "5\r\nhello\r\n0\r\n\r\n");
        var client = Fixture.client()) {
      assertThat(Fixture.fetch(client, server.uri("/"))).isEqualTo("hello");
      assertThat(client.stats().idle()).isZero();
    }
  }

  @Test
  void bytesBeyondTheLengthNeverBecomeTheNextAnswer() throws Exception {
    String poison = OK + "Content-Length: 6\r\n\r\npoison";
    try (var server = keptOpen(OK + "Content-Length: 5\r\n\r\nhello" + poison);
        var client = Fixture.client()) {
      assertThat(Fixture.fetch(client, server.uri("/"))).isEqualTo("hello");
      assertThat(client.stats().idle()).isZero();
      assertThat(Fixture.fetch(client, server.uri("/"))).isEqualTo("hello");
      assertThat(server.connections).hasValue(2);
    }
  }

  @Test
  void aFewInterimAnswersAreSkipped() throws Exception {
    String interim = "HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n";
    try (var server = keptOpen(interim.repeat(16) + OK + "Content-Length: 5\r\n\r\nhello");
        var client = Fixture.client()) {
      assertThat(Fixture.fetch(client, server.uri("/"))).isEqualTo("hello");
      assertThat(client.stats().idle()).isOne();
    }
  }

  @Test
  void readAllStopsAtItsLimit() throws Exception {
    try (var server = keptOpen(OK + "Content-Length: 5\r\n\r\nhello");
        var client = Fixture.client()) {
      try (Reply reply = client.send(Fixture.post(server.uri("/")))) {
        assertThat(reply.readAll(5)).asString().isEqualTo("hello");
      }
      try (Reply reply = client.send(Fixture.post(server.uri("/")))) {
        UpstreamFailure failure =
            catchThrowableOfType(UpstreamFailure.class, () -> reply.readAll(4));
        assertThat(failure.failure().message()).contains("larger than 4 bytes");
        assertThat(failure.failure().recoverable()).isFalse();
      }
      assertThat(client.stats()).isEqualTo(new UpstreamClient.Stats(1, 0, 0));
    }
  }

  private static ScriptedServer oneAnswer(String answer) {
    return new ScriptedServer(peer -> {
      peer.readRequest();
      peer.send(answer);
    });
  }

  private static ScriptedServer keptOpen(String answer) {
    return new ScriptedServer(peer -> {
      for (; ; ) {
        peer.readRequest();
        peer.send(answer);
      }
    });
  }
}
