package lip.testing.benchmarks;

import lip.api.failure.UpstreamFailure;
import lip.backend.anthropic.MessagesReading;
import lip.backend.openai.legacy.ChatReading;
import lip.frontend.anthropic.MessagesWriting;
import lip.frontend.openai.legacy.ChatWriting;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** One delta of text from each kind of provider to each kind of client. */
@State(Scope.Thread)
public class RelayBenchmark {
  /** Who sends. */
  @Param({"chat", "messages"})
  public String provider = "chat";

  /** Who gets it. */
  @Param({"chat", "messages"})
  public String client = "chat";

  private ReadingDeltas reading = new ChatReading();
  private Writing writing = new ChatWriting();

  @Setup
  public void open() throws UpstreamFailure {
    reading = provider.equals("chat") ? new ChatReading() : new MessagesReading();
    writing = client.equals("chat") ? new ChatWriting() : new MessagesWriting();
  }

  @Benchmark
  public int relayDelta() throws UpstreamFailure {
    return writing.write(reading.next());
  }
}
