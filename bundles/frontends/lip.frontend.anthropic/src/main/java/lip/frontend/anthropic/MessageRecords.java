package lip.frontend.anthropic;

import lip.api.event.Event;
import lip.api.failure.Failure;
import lip.sdk.fidelity.Fidelity;
import lip.sdk.frontend.AnswerWriter;
import lip.sdk.frontend.Records;
import lip.support.frontend.Phrases;
import lip.support.sse.SseWriter;

/** Writes an answer as named records: a lone token leaves at once, a burst leaves together. */
final class MessageRecords implements AnswerWriter {
  /** The core sends as much at once; a buffer of 16 KiB takes the last event too. */
  private static final int MUCH = 15 * 1024;

  private final BlockWriter writer;
  private final SseWriter out;
  private final Losses losses;
  private final Records records;
  private final String traceId;

  MessageRecords(MessageHead head, Fidelity fidelity, Records records, String traceId) {
    RecordSink sink = new RecordSink();
    this.writer = new BlockWriter(head, sink);
    this.out = sink.out();
    this.losses = new Losses(fidelity);
    this.records = records;
    this.traceId = traceId;
  }

  @Override
  public boolean write(Event event) {
    if (event instanceof Event.Failed(Failure failure)) {
      return breakOff(failure);
    }
    losses.accept(event);
    writer.accept(event);
    Failure overfull = writer.overfull();
    if (overfull != null) {
      return breakOff(overfull);
    }
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

  private boolean breakOff(Failure failure) {
    send();
    AnthropicFrontend.log(traceId, failure);
    records.breakOff(ErrorEncoder.record(failure, traceId));
    return true;
  }

  private void send() {
    if (out.length() > 0) {
      records.write(out.array(), 0, out.length());
      out.clear();
    }
  }
}
