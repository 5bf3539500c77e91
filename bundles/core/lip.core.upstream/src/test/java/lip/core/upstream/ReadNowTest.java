package lip.core.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.SynchronousQueue;
import lip.sdk.upstream.Reply;
import org.junit.jupiter.api.Test;

class ReadNowTest {
  private static final String HEAD = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";

  @Test
  void readNowNeverWaitsAndSurvivesSplitsAtAnyByte() throws Exception {
    String wire = "5\r\nfirst\r\n6;ext=1\r\nsecond\r\n0\r\nTrailer: x\r\n\r\n";
    try (var server =
            new ScriptedServer(peer -> {
              peer.readRequest();
              peer.send(HEAD);
              for (int i = 0; i < wire.length(); i++) {
                Thread.sleep(1);
                peer.send(wire.substring(i, i + 1));
              }
              peer.readRequest();
            });
        var client = Fixture.client();
        Reply reply = client.send(Fixture.post(server.uri("/")))) {
      StringBuilder seen = new StringBuilder();
      for (String got = ""; !got.equals("<end>"); got = Fixture.read(reply)) {
        seen.append(got);
        for (String now = Fixture.readNow(reply); ; now = Fixture.readNow(reply)) {
          if (now.isEmpty() || now.equals("<end>")) {
            break;
          }
          seen.append(now);
        }
      }
      assertThat(seen).hasToString("firstsecond");
      assertThat(client.stats()).isEqualTo(new UpstreamClient.Stats(1, 1, 0));
    }
  }

  @Test
  void aChunkHeaderSplitOverThreeSendsIsTakenUpAgain() throws Exception {
    SynchronousQueue<String> parts = new SynchronousQueue<>();
    try (var server =
            new ScriptedServer(peer -> {
              peer.readRequest();
              peer.send(HEAD);
              for (String part = parts.take(); ; part = parts.take()) {
                peer.send(part);
              }
            });
        var client = Fixture.client();
        Reply reply = client.send(Fixture.post(server.uri("/")))) {
      assertThat(Fixture.readNow(reply)).isEmpty();
      parts.put("5\r\nhello\r\n1");
      assertThat(Fixture.read(reply)).isEqualTo("hello");
      assertThat(Fixture.readNow(reply)).isEmpty();
      parts.put("0\r");
      assertThat(Fixture.readNow(reply)).isEmpty();
      parts.put("\n0123456789abcdef\r");
      assertThat(Fixture.read(reply)).isEqualTo("0123456789abcdef");
      assertThat(Fixture.readNow(reply)).isEmpty();
      parts.put("\n0\r\n");
      assertThat(Fixture.readNow(reply)).isEmpty();
      parts.put("\r\n");
      assertThat(Fixture.read(reply)).isEqualTo("<end>");
      assertThat(Fixture.readNow(reply)).isEqualTo("<end>");
      assertThat(client.stats()).isEqualTo(new UpstreamClient.Stats(1, 1, 0));
    }
  }

  @Test
  void aBurstComesInOneRead() throws Exception {
    StringBuilder burst = new StringBuilder(HEAD);
    for (int i = 0; i < 100; i++) {
      burst.append("8\r\nevent-%02d\r\n".formatted(i));
    }
    try (var server =
            new ScriptedServer(peer -> {
              peer.readRequest();
              peer.send(burst.toString());
              peer.awaitClose();
            });
        var client = Fixture.client();
        Reply reply = client.send(Fixture.post(server.uri("/")))) {
      String read = Fixture.read(reply);
      assertThat(read).hasSize(800).startsWith("event-00event-01").endsWith("event-99");
      assertThat(Fixture.readNow(reply)).isEmpty();
    }
  }

  @Test
  void whatDoesNotFitIsThereNow() throws Exception {
    try (var server =
            new ScriptedServer(peer -> {
              peer.readRequest();
              peer.send(HEAD + "5\r\nhello\r\n5\r\nworld\r\n0\r\n\r\n");
              peer.awaitClose();
            });
        var client = Fixture.client();
        Reply reply = client.send(Fixture.post(server.uri("/")))) {
      byte[] buffer = new byte[4];
      assertThat(reply.read(buffer, 0, 4)).isEqualTo(4);
      assertThat(reply.readNow(buffer, 0, 4)).isEqualTo(4);
      assertThat(reply.readNow(buffer, 0, 4)).isEqualTo(2);
      assertThat(reply.readNow(buffer, 0, 4)).isEqualTo(-1);
    }
  }

  @Test
  void bytesBeforeAFaultAreDeliveredFirst() throws Exception {
    CountDownLatch read = new CountDownLatch(1);
    try (var server =
            new ScriptedServer(peer -> {
              peer.readRequest();
              peer.send(HEAD + "5\r\nhello\r\nnonsense\r\n");
              read.await();
            });
        var client = Fixture.client();
        Reply reply = client.send(Fixture.post(server.uri("/")))) {
      assertThat(Fixture.read(reply)).isEqualTo("hello");
      assertThat(Fixture.faultOf(reply).failure().message()).contains("broken framing");
      read.countDown();
    }
  }

  @Test
  void closeDelimitedAnswersEndWithTheConnection() throws Exception {
    try (var server =
            new ScriptedServer(peer -> {
              peer.readRequest();
              peer.send("HTTP/1.0 200 OK\r\n\r\nhello");
            });
        var client = Fixture.client()) {
      assertThat(Fixture.fetch(client, server.uri("/"))).isEqualTo("hello");
      assertThat(client.stats().idle()).isZero();
    }
  }
}
