package lip.backend.openai.legacy;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import lip.api.event.Event;
import lip.api.failure.UpstreamFailure;
import lip.sdk.fidelity.Fidelity;
import lip.support.provider.Redaction;
import lip.testing.benchmarks.ReadingDeltas;

/** A Chat provider that sends two deltas in turn. */
public final class ChatReading implements ReadingDeltas {
  private final Deque<Event> events = new ArrayDeque<>();
  private final ChunkDecoder decoder =
      new ChunkDecoder(
          events,
          prefix -> prefix + "0",
          new Failures(new Redaction(null), Instant.EPOCH),
          Fidelity.NOBODY,
          false);
  private final byte[] one = chunk(" a word");
  private final byte[] other = chunk(" or two");
  private boolean turn;

  private static byte[] chunk(String text) {
    return ("{\"id\":\"chatcmpl-abc123\",\"object\":\"chat.completion.chunk\","
            + "\"created\":1700000000,\"model\":\"bench\",\"choices\":[{\"index\":0,\"delta\":"
            + "{\"content\":\""
            + text
            + "\"},\"finish_reason\":null}]}")
        .getBytes(UTF_8);
  }

  @Override
  public Event next() throws UpstreamFailure {
    turn = !turn;
    byte[] chunk = turn ? one : other;
    decoder.record(chunk, 0, chunk.length, true);
    Event last = events.getLast();
    events.clear();
    return last;
  }
}
