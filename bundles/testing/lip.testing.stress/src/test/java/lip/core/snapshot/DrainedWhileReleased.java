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
 * The last lease goes back while the entry retires: used after the close, drained at once and at
 * the end.
 */
@JCStressTest
@Outcome(id = "false, true, true", expect = ACCEPTABLE, desc = "the lease was back")
@Outcome(id = "false, false, true", expect = ACCEPTABLE, desc = "the lease drains it")
@Outcome(expect = FORBIDDEN, desc = "a close under a lease, or never drained")
@State
public class DrainedWhileReleased {
  private final Entry<Guarded> entry = Guarded.entry();

  public DrainedWhileReleased() {
    if (!entry.acquire()) {
      throw new IllegalStateException("retired before it began");
    }
  }

  @Actor
  public void holder(ZZZ_Result result) {
    result.r1 = entry.instance().closed();
    entry.release();
  }

  @Actor
  public void departure(ZZZ_Result result) {
    entry.retire();
    result.r2 = Guarded.drained(entry);
    if (result.r2) {
      entry.instance().close();
    }
  }

  @Arbiter
  public void end(ZZZ_Result result) {
    result.r3 = Guarded.drained(entry);
  }
}
