package lip.frontend.anthropic;

import lip.api.event.Event;
import lip.testing.benchmarks.Writing;

/** An Anthropic client's stream. */
public final class MessagesWriting implements Writing {
  private final RecordSink sink = new RecordSink();
  private final BlockWriter writer = new BlockWriter(new MessageHead("msg_1", "bench"), sink);

  /** Opens it. */
  public MessagesWriting() {
    write(new Event.ResponseStarted("answer-1", "bench", 0));
    write(Event.MessageStarted.FIRST);
  }

  @Override
  public int write(Event event) {
    writer.accept(event);
    int length = sink.out().length();
    sink.out().clear();
    return length;
  }
}
