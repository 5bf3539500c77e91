package lip.frontend.openai.legacy;

import lip.api.event.Event;
import lip.testing.benchmarks.Writing;

/** A Chat client's stream. */
public final class ChatWriting implements Writing {
  private final ChunkEncoder encoder =
      new ChunkEncoder(new AnswerHead("chatcmpl-1", "bench", 1_700_000_000L), false);

  /** Opens it. */
  public ChatWriting() {
    write(new Event.ResponseStarted("answer-1", "bench", 0));
    write(Event.MessageStarted.FIRST);
  }

  @Override
  public int write(Event event) {
    encoder.accept(event);
    int length = encoder.out().length();
    encoder.out().clear();
    return length;
  }
}
