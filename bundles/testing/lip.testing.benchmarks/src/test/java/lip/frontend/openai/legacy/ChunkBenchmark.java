package lip.frontend.openai.legacy;

import lip.api.event.Event;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** One delta of text towards the client. */
@State(Scope.Thread)
public class ChunkBenchmark {
  private final ChunkEncoder encoder =
      new ChunkEncoder(new AnswerHead("chatcmpl-1", "bench", 1_700_000_000L), false);
  private final Event delta = new Event.TextDelta(" a \"word\" or two");

  @Benchmark
  public int encodeDelta() {
    encoder.accept(delta);
    int length = encoder.out().length();
    encoder.out().clear();
    return length;
  }
}
