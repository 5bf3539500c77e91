package lip.core.executor;

import static lip.core.executor.World.MESSAGE;
import static lip.core.executor.World.START;
import static lip.core.executor.World.call;
import static lip.core.executor.World.live;
import static lip.core.executor.World.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import lip.api.event.Event;
import lip.api.event.EventStream;
import lip.core.executor.World.Fake;
import lip.core.gateway.PinnedExchange;
import lip.core.pipeline.Handlers;
import lip.core.snapshot.Stages;
import lip.sdk.feature.FailurePolicy;
import lip.sdk.feature.Out;
import lip.sdk.feature.StageId;
import lip.sdk.feature.StreamStage;
import lip.sdk.frontend.Answer;
import org.junit.jupiter.api.Test;

class HotPathTest {
  private static final int EVENTS = 50_000;

  private static final class Endless implements EventStream {
    private final Event event = text("token");
    private int taken;

    @Override
    public Event next() {
      return switch (taken++) {
        case 0 -> START;
        case 1 -> MESSAGE;
        default -> event;
      };
    }

    @Override
    public boolean ready() {
      return true;
    }

    @Override
    public void close() {}
  }

  private static long bytesPerEvent(Stages stages) throws Exception {
    World world = new World();
    world.publish(stages, live("a", new Fake(_ -> new Endless()), 0));
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    try (PinnedExchange exchange = world.admit();
        Answer answer = exchange.calls().open(call("m"))) {
      read(answer);
      long before = threads.getCurrentThreadAllocatedBytes();
      read(answer);
      return (threads.getCurrentThreadAllocatedBytes() - before) / EVENTS;
    }
  }

  private static void read(Answer answer) {
    for (int i = 0; i < EVENTS; i++) {
      answer.next();
      answer.ready();
    }
  }

  @Test
  void anEventCostsNoAllocation() throws Exception {
    assertThat(bytesPerEvent(Stages.NONE)).isZero();
  }

  @Test
  void neitherDoesAHandlerThatPassesIt() throws Exception {
    StreamStage pass = _ -> (Event event, Out out) -> out.emit(event);
    assertThat(
            bytesPerEvent(
                Handlers.streams(
                    Handlers.live(StageId.TOOL_EVENT_REACTION, FailurePolicy.FAIL_OPEN, pass),
                    Handlers.live(StageId.STREAM_EVENT_MUTATION, FailurePolicy.FAIL_OPEN, pass))))
        .isZero();
  }
}
