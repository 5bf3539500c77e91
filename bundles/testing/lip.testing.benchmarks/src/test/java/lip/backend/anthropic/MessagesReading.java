package lip.backend.anthropic;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import lip.api.event.Event;
import lip.api.failure.UpstreamFailure;
import lip.sdk.fidelity.Fidelity;
import lip.support.provider.Redaction;
import lip.testing.benchmarks.ReadingDeltas;

/** Anthropic, sending two deltas in turn. */
public final class MessagesReading implements ReadingDeltas {
  private final EventDecoder decoder =
      new EventDecoder(
          new Failures(new Redaction(null), Instant.EPOCH),
          ToolNames.unchanged(),
          true,
          Fidelity.NOBODY);
  private final byte[] one = delta(" a word");
  private final byte[] other = delta(" or two");
  private boolean turn;

  /** Opens it. */
  public MessagesReading() throws UpstreamFailure {
    decoder.record(
        ("{\"type\":\"message_start\",\"message\":{\"id\":\"msg_1\",\"type\":\"message\","
                + "\"role\":\"assistant\",\"model\":\"bench\",\"content\":[],\"usage\":"
                + "{\"input_tokens\":3,\"output_tokens\":1}}}")
            .getBytes(UTF_8),
        true);
    decoder.record(
        ("{\"type\":\"content_block_start\",\"index\":0,\"content_block\":"
                + "{\"type\":\"text\",\"text\":\"\"}}")
            .getBytes(UTF_8),
        true);
    // What a stream begins with is not measured.
    decoder.events().clear();
  }

  private static byte[] delta(String text) {
    return ("{\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_delta\","
            + "\"text\":\""
            + text
            + "\"}}")
        .getBytes(UTF_8);
  }

  @Override
  public Event next() throws UpstreamFailure {
    turn = !turn;
    // The stream copies each record before it is decoded.
    byte[] record = turn ? one.clone() : other.clone();
    decoder.record(record, true);
    Event event = decoder.events().poll();
    if (event == null) {
      throw new IllegalStateException("no event");
    }
    return event;
  }
}
