package lip.core.pipeline;

import java.time.InstantSource;
import java.util.List;
import java.util.stream.IntStream;
import lip.api.event.Event;
import lip.api.failure.Rejected;
import lip.core.snapshot.Entry;
import lip.core.snapshot.Family;
import lip.core.snapshot.LiveHandler;
import lip.core.snapshot.Stages;
import lip.sdk.feature.FailurePolicy;
import lip.sdk.feature.Feature;
import lip.sdk.feature.StageId;
import lip.sdk.feature.StreamStage;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** One event on its way through the handlers of a stream. */
@State(Scope.Thread)
public class StageBenchmark {
  /** How many there are. */
  @Param({"0", "1", "8"})
  public int handlers;

  private final Event delta = new Event.TextDelta(" a word");
  private final Entry<Feature> entry = new Entry<>(Family.FEATURE, "f", "f", 0, List::of);
  private EventChain chain;

  /** Opens the chain; there is none without a handler. */
  @Setup
  public void open() throws Rejected {
    List<LiveHandler<StreamStage>> live =
        IntStream.range(0, handlers).mapToObj(number -> passing()).toList();
    var scope =
        new CallScope("t_1", "front", "a_1", InstantSource.system(), prefix -> prefix + "0");
    chain =
        EventChain.open(
            new Stages(List.of(), List.of(), List.of(), List.of(), live),
            new AttemptScope(scope, "b_1", 1, "backend", "model"),
            new Blame(InstantSource.system()));
    if (chain != null) {
      // A delta is in order only in a message that has begun; a handler that breaks the order is
      // detached.
      chain.accept(Event.ResponseStarted.PLAIN);
      chain.accept(Event.MessageStarted.FIRST);
      chain.poll();
      chain.poll();
    }
  }

  private LiveHandler<StreamStage> passing() {
    return new LiveHandler<>(
        entry,
        StageId.STREAM_EVENT_MUTATION,
        FailurePolicy.FAIL_OPEN,
        context -> (event, out) -> out.emit(event));
  }

  @Benchmark
  public Event pass() {
    if (chain == null) {
      return delta;
    }
    chain.accept(delta);
    Event out = chain.poll();
    if (out != delta || entry.errors() > 0) {
      throw new IllegalStateException("a handler failed");
    }
    return out;
  }
}
