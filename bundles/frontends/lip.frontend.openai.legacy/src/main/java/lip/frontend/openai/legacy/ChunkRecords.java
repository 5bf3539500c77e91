package lip.frontend.openai.legacy;

import lip.api.event.Event;
import lip.api.failure.Failure;
import lip.sdk.fidelity.Fidelity;
import lip.sdk.frontend.AnswerWriter;
import lip.sdk.frontend.Records;
import lip.support.frontend.Phrases;
import lip.support.json.JsonBuffer;

/** Writes an answer as chunks: a lone token leaves at once, a burst leaves together. */
final class ChunkRecords implements AnswerWriter {
  /** The core sends as much at once; a buffer of 16 KiB takes the last event too. */
  private static final int MUCH = 15 * 1024;

  private final ChunkEncoder encoder;
  private final JsonBuffer out;
  private final Losses losses;
  private final Records records;
  private final String traceId;

  ChunkRecords(ChunkEncoder encoder, Fidelity fidelity, Records records, String traceId) {
    this.encoder = encoder;
    this.out = encoder.out();
    this.losses = new Losses(fidelity);
    this.records = records;
    this.traceId = traceId;
  }

  @Override
  public boolean write(Event event) {
    if (event instanceof Event.Failed(Failure failure)) {
      breakOff(failure);
      return true;
    }
    losses.accept(event);
    encoder.accept(event);
    if (event.terminal()) {
      send();
      records.end();
      return true;
    }
    if (out.length() >= MUCH) {
      send();
    }
    return false;
  }

  @Override
  public void pause() {
    send();
    records.flush();
  }

  @Override
  public void cutShort() {
    breakOff(Phrases.UNFINISHED);
  }

  private void breakOff(Failure failure) {
    send();
    OpenAiLegacyFrontend.log(traceId, failure);
    records.breakOff(ErrorEncoder.record(failure));
  }

  private void send() {
    if (!out.isEmpty()) {
      records.write(out.array(), 0, out.length());
      out.clear();
    }
  }
}
