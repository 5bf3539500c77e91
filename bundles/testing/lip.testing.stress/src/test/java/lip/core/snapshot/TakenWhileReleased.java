package lip.core.snapshot;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZZ_Result;

/**
 * A lease goes back while another is taken and the entry retires: taken, drained under it, drained
 * after it.
 */
@JCStressTest
@Outcome(id = "true, false, true", expect = ACCEPTABLE, desc = "the second lease drains it")
@Outcome(expect = FORBIDDEN, desc = "drained under a lease, or never")
@State
public class TakenWhileReleased {
  private final Entry<Guarded> entry = Guarded.entry();

  public TakenWhileReleased() {
    if (!entry.acquire()) {
      throw new IllegalStateException("retired before it began");
    }
  }

  @Actor
  public void first() {
    entry.release();
  }

  @Actor
  public void second(ZZZ_Result result) {
    result.r1 = entry.acquire();
    entry.retire();
    result.r2 = Guarded.drained(entry);
  }

  @Arbiter
  public void end(ZZZ_Result result) {
    result.r2 |= Guarded.drained(entry);
    entry.release();
    result.r3 = Guarded.drained(entry);
  }
}
