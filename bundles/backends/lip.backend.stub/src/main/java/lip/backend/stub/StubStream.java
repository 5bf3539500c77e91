package lip.backend.stub;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import lip.api.event.Event;
import lip.api.event.EventStream;
import lip.api.event.StreamClosed;
import lip.api.failure.UpstreamFailure;
import org.jspecify.annotations.Nullable;

/** Plays a script. */
final class StubStream implements EventStream {
  private final List<Script.Step> steps;
  private final Consumer<StubStream> onClose;
  private final CountDownLatch closed = new CountDownLatch(1);
  private int next;

  StubStream(List<Script.Step> steps, Consumer<StubStream> onClose) {
    this.steps = steps;
    this.onClose = onClose;
  }

  @Override
  public @Nullable Event next() throws UpstreamFailure {
    while (true) {
      if (closed.getCount() == 0) {
        throw new StreamClosed();
      }
      switch (steps.get(next)) {
        case Script.Step.Emit(Event event) -> {
          next++;
          return event;
        }
        case Script.Step.Wait(var time) -> {
          pause(time.toNanos());
          next++;
        }
        case Script.Step.Silence _ -> pause(Long.MAX_VALUE);
        case Script.Step.Fail(var failure) -> throw new UpstreamFailure(failure);
        case Script.Step.End _ -> {
          return null;
        }
      }
    }
  }

  @Override
  public boolean ready() {
    return switch (steps.get(next)) {
      case Script.Step.Emit _, Script.Step.Fail _, Script.Step.End _ -> true;
      case Script.Step.Wait _, Script.Step.Silence _ -> false;
    };
  }

  @Override
  public void close() {
    closed.countDown();
    onClose.accept(this);
  }

  private void pause(long nanos) {
    try {
      if (closed.await(nanos, TimeUnit.NANOSECONDS)) {
        throw new StreamClosed();
      }
    } catch (InterruptedException e) {
      // The last resort of whoever runs this thread; there is nobody to hand the answer to.
      Thread.currentThread().interrupt();
      throw new StreamClosed(e);
    }
  }
}
