package lip.backend.openai.legacy;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import lip.api.event.Event;
import lip.api.failure.UpstreamFailure;
import lip.sdk.fidelity.Fidelity;
import lip.support.provider.Redaction;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** One delta of text from the provider, with and without another one like it before. */
@State(Scope.Thread)
public class DeltaBenchmark {
  private final Deque<Event> events = new ArrayDeque<>();
  private final ChunkDecoder decoder =
      new ChunkDecoder(
          events,
          prefix -> prefix + "0",
          new Failures(new Redaction(null), Instant.EPOCH),
          Fidelity.NOBODY,
          false);
  private final byte[] one = chunk("chatcmpl-abc123", " a word");
  private final byte[] other = chunk("chatcmpl-abc123", " or two");
  private final byte[] stranger = chunk("chatcmpl-xyz789", " or two");
  private boolean turn;

  private static byte[] chunk(String id, String text) {
    return ("{\"id\":\""
            + id
            + "\",\"object\":\"chat.completion.chunk\",\"created\":1700000000,\"model\":\"bench\","
            + "\"choices\":[{\"index\":0,\"delta\":{\"content\":\""
            + text
            + "\"},\"finish_reason\":null}]}")
        .getBytes(UTF_8);
  }

  @Benchmark
  public Object decodeDelta() throws UpstreamFailure {
    turn = !turn;
    return decode(turn ? one : other);
  }

  /** Each differs from the one before in more than its text. */
  @Benchmark
  public Object decodeUnlikeDelta() throws UpstreamFailure {
    turn = !turn;
    return decode(turn ? one : stranger);
  }

  private Object decode(byte[] chunk) throws UpstreamFailure {
    decoder.record(chunk, 0, chunk.length, true);
    Event last = events.peekLast();
    events.clear();
    return last;
  }
}
