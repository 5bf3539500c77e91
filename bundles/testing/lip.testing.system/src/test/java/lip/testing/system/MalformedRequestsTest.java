package lip.testing.system;

import static lip.testing.system.HostileInstance.CHAT;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Requests that two servers could read in two ways, and requests that nobody should read: refused,
 * the connection closed, and what stands behind them on the connection never taken for a request.
 */
@Tag("system")
@ExtendWith(HostileInstance.class)
class MalformedRequestsTest {
  private static final String SMUGGLED = "GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n";
  private static final String CHUNKED = "Transfer-Encoding: chunked\r\n";
  private static final String CHUNKS =
      Integer.toHexString(OddRequestsTest.BODY.length())
          + "\r\n"
          + OddRequestsTest.BODY
          + "\r\n0\r\n\r\n";

  static Stream<Arguments> refused() {
    String length = "Content-Length: " + OddRequestsTest.BODY.length() + "\r\n";
    return Stream.of(
        row("content length and transfer encoding", 400, body(length + CHUNKED, CHUNKS)),
        row("transfer encoding and content length", 400, body(CHUNKED + length, CHUNKS)),
        row("two content lengths", 400, body(length + "Content-Length: 5\r\n", CHUNKS)),
        row("one content length twice", 400, body(length + length, OddRequestsTest.BODY)),
        row("a list of content lengths", 400, body("Content-Length: 5, 5\r\n", "abcde")),
        row("a signed content length", 400, body("Content-Length: +5\r\n", "abcde")),
        row("a negative content length", 400, body("Content-Length: -1\r\n", "")),
        row("a content length in hex", 400, body("Content-Length: 0x5\r\n", "abcde")),
        row("an overflowing content length", 400, body("Content-Length: " + "9".repeat(20), "")),
        row("an empty content length", 400, body("Content-Length: \r\n", "")),
        row("chunked twice", 400, body(CHUNKED + CHUNKED, CHUNKS)),
        row("chunked, chunked", 400, body("Transfer-Encoding: chunked, chunked\r\n", CHUNKS)),
        row("chunked and then another", 400, body("Transfer-Encoding: chunked, gzip\r\n", CHUNKS)),
        row("another and then chunked", 501, body("Transfer-Encoding: gzip, chunked\r\n", CHUNKS)),
        row("an unknown transfer coding", 400, body("Transfer-Encoding: xchunked\r\n", CHUNKS)),
        row("identity", 400, body("Transfer-Encoding: identity\r\n", CHUNKS)),
        row("a hidden coding", 400, body("Transfer-Encoding: \u000bchunked\r\n", CHUNKS)),
        row("chunks in HTTP/1.0", 501, head("POST " + CHAT + " HTTP/1.0", CHUNKED) + CHUNKS),
        row("a chunk size too large for 64 bits", 400, body(CHUNKED, "F".repeat(17) + "\r\nabc")),
        row("a chunk size too large for 32 bits", 400, body(CHUNKED, "100000005\r\nabcde\r\n")),
        row("a negative chunk size", 400, body(CHUNKED, "-5\r\nabcde\r\n0\r\n\r\n")),
        row("a chunk size with a prefix", 400, body(CHUNKED, "0x5\r\nabcde\r\n0\r\n\r\n")),
        row("endless trailers", 400, body(CHUNKED, "0\r\nX: " + "a".repeat(50_000) + "\r\n\r\n")),
        row("a space before the colon", 400, field("X-A : b")),
        row("a folded field", 400, field("X-A: b\r\n c")),
        row("a folded transfer encoding", 400, body("Transfer-Encoding:\r\n chunked\r\n", CHUNKS)),
        row("a bare CR", 400, field("X-A: b\rX-B: c")),
        row("NUL in a field", 400, field("X-A: b\0c")),
        row("NUL in a name", 400, field("X-\0A: b")),
        row("a control character", 400, field("X-A: b\u0001c")),
        row("a line without a colon", 400, field("nonsense")),
        row("a field without a name", 400, field(": b")),
        row("no host", 400, "GET /v1/models HTTP/1.1\r\n\r\n"),
        row("two hosts", 400, field("Host: other")),
        row("an illegal host", 400, "GET /v1/models HTTP/1.1\r\nHost: a b/c\r\n\r\n"),
        row("an empty host", 400, "GET /v1/models HTTP/1.1\r\nHost: \r\n\r\n"),
        row("another authority", 400, target("http://other.example/v1/models")),
        row("no http authority", 400, target("file:///v1/models")),
        row("a login in the target", 400, target("http://a@localhost/v1/models")),
        row("two slashes in front", 400, target("//v1/models")),
        row("two slashes inside", 400, target("/v1//models")),
        row("an escaped dot segment", 400, target("/%2e/v1/models")),
        row("two escaped dots", 400, target("/x/%2e%2e/v1/models")),
        row("above the root", 400, target("/..")),
        row("a segment hidden by a parameter", 400, target("/x/..;/system/console")),
        row("an escaped slash", 400, target("/v1%2fmodels")),
        row("an escaped NUL", 400, target("/v1/models%00")),
        row("NUL in the path", 400, target("/v1/mod\0els")),
        row("NUL in the query", 400, target("/v1/models?a=\0")),
        row("an escaped line end", 400, target("/v1/models%0d%0aX:y")),
        row("half an escape", 400, target("/v1/models%")),
        row("no escape", 400, target("/v1/models%zz")),
        row("a UTF-16 escape", 400, target("/v1/%u0041")),
        row("a backslash", 400, target("/v1\\models")),
        row("no slash in front", 400, target("v1/models")),
        row("a star for a path", 400, target("*")),
        row("bytes over 127 in the path", 400, target("/v1/mod\u00e9ls")),
        row("a field over the limit", 431, field("X-A: " + "a".repeat(40_000))),
        row("many fields over the limit", 431, field("X-A: b\r\n".repeat(3_000) + "X-A: b")),
        row("a method over the limit", 431, "A".repeat(40_000) + SMUGGLED),
        row("a path over the limit", 414, target("/" + "a".repeat(40_000))),
        row("a query over the limit", 414, target("/v1/models?" + "a".repeat(40_000))),
        row("HTTP/0.9", 505, "GET /v1/models\r\n"),
        row("an unknown version", 505, "GET /v1/models HTTP/1.2\r\nHost: localhost\r\n\r\n"),
        row("an illegal version", 505, "GET /v1/models HTTP/11\r\nHost: localhost\r\n\r\n"),
        row("a version we do not speak", 426, "GET /v1/models HTTP/2.0\r\nHost: localhost\r\n\r\n"),
        row("the preface of HTTP/2", 426, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\4\0\0\0\0\0"),
        row("TLS", 400, "\u0016\3\1\0\u00a5\1\0\0\u00a1\3\3" + "\0".repeat(160)),
        row("no HTTP at all", 400, "\0\1\2\u00ff\r\n\r\n"),
        row("an illegal method", 400, "G\0T /v1/models HTTP/1.1\r\nHost: localhost\r\n\r\n"),
        row("only line ends", 400, "\r\n".repeat(20_000)),
        row("an unknown expectation", 417, field("Expect: the-unexpected")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("refused")
  void isRefusedOnceAndTheConnectionCloses(
      String name, int status, String request, HostileInstance.Target target) throws IOException {
    String answer = RawSocket.talk(target.port(), request + SMUGGLED);

    assertThat(RawSocket.statuses(answer)).as(answer).containsExactly(status);
    String body = answer.substring(answer.indexOf("\r\n\r\n"));
    BadInputTest.assertClean(answer);
    Tree error = Tree.parse(body.strip()).at("error");
    assertThat(error.at("message").text()).as(answer).isNotEmpty();
    assertThat(error.at("type").text()).as(answer).isNotEmpty();
  }

  static Stream<Arguments> unknown() {
    return Stream.of(
        Arguments.of("a dot segment", "/x/../v1/models"),
        Arguments.of("a dot", "/./v1/models"),
        Arguments.of("a parameter", "/v1/models;a=b"),
        Arguments.of("an escaped letter", "/%761/models"),
        Arguments.of("an escaped space", "/v1/models%20"),
        Arguments.of("the console", "/system/console"),
        Arguments.of("the console behind a dot", "/./system/console"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("unknown")
  void onlyThePathAsClaimedIsAnswered(String name, String path, HostileInstance.Target target)
      throws IOException {
    try (var connection = new Connection(target.port())) {
      assertThat(connection.request("GET", path, java.util.Map.of(), new byte[0])).isEqualTo(404);
      assertThat(BadInputTest.error(connection)).isNotEmpty();
    }
  }

  private static Arguments row(String name, int status, String request) {
    return Arguments.of(name, status, request);
  }

  private static String head(String line, String fields) {
    return line + "\r\nHost: localhost\r\n" + fields + "\r\n";
  }

  private static String body(String framing, String body) {
    String fields = framing.endsWith("\r\n") ? framing : framing + "\r\n";
    return head("POST " + CHAT + " HTTP/1.1", "Content-Type: application/json\r\n" + fields) + body;
  }

  private static String field(String field) {
    return head("GET /v1/models HTTP/1.1", field + "\r\n");
  }

  private static String target(String target) {
    return head("GET " + target + " HTTP/1.1", "");
  }
}
