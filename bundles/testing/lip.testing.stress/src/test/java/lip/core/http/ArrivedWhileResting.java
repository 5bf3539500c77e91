package lip.core.http;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.util.concurrent.atomic.AtomicReference;
import lip.api.event.Event;
import lip.api.event.FinishReason;
import lip.sdk.frontend.Answer;
import lip.sdk.frontend.AnswerWriter;
import lip.sdk.http.Headers;
import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/**
 * The last event arrives while the request's thread finds nothing and leaves the stream to the next
 * one: how often it was written.
 */
@JCStressTest
@Outcome(id = "1", expect = ACCEPTABLE, desc = "by one of them")
@Outcome(expect = FORBIDDEN, desc = "nobody looked, or both did")
@State
public class ArrivedWhileResting {
  private final Arriving answer = new Arriving();
  private final Counting writer = new Counting();
  private final Following following =
      new Following(answer, writer, new Line().writer(), new Host());

  @Actor
  public void request() {
    following.begin();
  }

  @Actor
  public void loop() {
    answer.arrive();
  }

  @Arbiter
  public void end(I_Result result) {
    result.r1 = writer.written;
  }

  private static final class Counting implements AnswerWriter {
    private volatile int written;

    @Override
    public boolean write(Event event) {
      written++;
      return true;
    }

    @Override
    public void pause() {}

    @Override
    public void cutShort() {
      written = -1;
    }
  }

  /** Tells who waits at once, as a selection does that finds bytes. */
  private static final class Arriving implements Answer {
    private final AtomicReference<@Nullable Runnable> look = new AtomicReference<>();
    private volatile boolean here;

    void arrive() {
      here = true;
      tell();
    }

    private void tell() {
      Runnable then = look.getAndSet(null);
      if (then != null) {
        then.run();
      }
    }

    @Override
    public Event next() {
      return new Event.Finished(FinishReason.STOP, "stop", null);
    }

    @Override
    public boolean ready() {
      return here;
    }

    @Override
    public boolean whenReady(Runnable then) {
      look.set(then);
      if (here) {
        tell();
      }
      return true;
    }

    @Override
    public Headers headers() {
      return Headers.NONE;
    }

    @Override
    public void close() {}
  }

  private static final class Host implements Following.Host {
    @Override
    public void enter() {}

    @Override
    public void leave() {}

    @Override
    public boolean held() {
      return true;
    }

    @Override
    public boolean detachable() {
      return true;
    }

    @Override
    public void detach() {}

    @Override
    public void followed(@Nullable Throwable thrown) {}
  }
}
