package lip.core.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Map;
import lip.api.failure.FailureClass;
import lip.api.failure.UpstreamFailure;
import lip.core.gateway.AnswerRoom;
import lip.core.gateway.KeptThreads;
import lip.sdk.upstream.Reply;
import org.junit.jupiter.api.Test;

/** What is held of all answers together has a bound. */
class HeldAnswersTest {
  private static final int MOST = 4 * AnswerRoom.FREE;

  private final AnswerRoom room = new AnswerRoom(() -> MOST);

  private UpstreamClient client() {
    return new UpstreamClient(Fixture::plain, Map.of(), room, KeptThreads.UNTOLD);
  }

  private static ScriptedServer server() throws Exception {
    return new ScriptedServer(peer -> {
      peer.readRequest();
      peer.send("HTTP/1.1 200 OK\r\nContent-Length: " + MOST + "\r\n\r\n" + "x".repeat(MOST));
      peer.awaitClose();
    });
  }

  @Test
  void answersShareTheRoomAndGiveItBack() throws Exception {
    try (var server = server();
        var client = client();
        Reply first = client.send(Fixture.post(server.uri("/")));
        Reply second = client.send(Fixture.post(server.uri("/")))) {
      second.hold(AnswerRoom.FREE);
      first.hold(MOST);
      UpstreamFailure refused =
          catchThrowableOfType(UpstreamFailure.class, () -> second.hold(AnswerRoom.FREE + 1));
      assertThat(refused.failure().kind()).isEqualTo(FailureClass.OVERLOADED);
      assertThat(refused.failure().recoverable()).isFalse();
      first.hold(10);
      second.hold(MOST);
      assertThat(room.held()).isEqualTo(MOST);
      second.close();
      assertThat(room.held()).isZero();
      second.hold(MOST);
      assertThat(room.held()).as("a closed answer holds nothing").isZero();
    }
  }

  @Test
  void aWholeBodyIsCountedWhileItIsRead() throws Exception {
    try (var server = server();
        var client = client();
        Reply other = client.send(Fixture.post(server.uri("/")))) {
      other.hold(MOST / 2 + 1);
      try (Reply reply = client.send(Fixture.post(server.uri("/")))) {
        assertThat(catchThrowableOfType(UpstreamFailure.class, () -> reply.readAll(MOST)))
            .hasMessageContaining("max.inflight.answer.bytes");
      }
      other.hold(0);
      try (Reply reply = client.send(Fixture.post(server.uri("/")))) {
        assertThat(reply.readAll(MOST)).hasSize(MOST);
      }
    }
    assertThat(room.held()).isZero();
  }
}
