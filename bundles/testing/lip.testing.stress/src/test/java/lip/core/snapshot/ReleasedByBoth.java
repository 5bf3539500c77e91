package lip.core.snapshot;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZZ_Result;

/** The last two leases go back at once: drained after each, drained at the end. */
@JCStressTest
@Outcome(id = "true, true, true", expect = ACCEPTABLE, desc = "both look late")
@Outcome(id = "true, false, true", expect = ACCEPTABLE, desc = "the second was last")
@Outcome(id = "false, true, true", expect = ACCEPTABLE, desc = "the first was last")
@Outcome(expect = FORBIDDEN, desc = "never drained")
@State
public class ReleasedByBoth {
  private final Entry<Guarded> entry = Guarded.entry();

  public ReleasedByBoth() {
    for (int i = 0; i < 2; i++) {
      if (!entry.acquire()) {
        throw new IllegalStateException("retired before it began");
      }
    }
    entry.retire();
  }

  @Actor
  public void first(ZZZ_Result result) {
    entry.release();
    result.r1 = Guarded.drained(entry);
  }

  @Actor
  public void second(ZZZ_Result result) {
    entry.release();
    result.r2 = Guarded.drained(entry);
  }

  @Arbiter
  public void end(ZZZ_Result result) {
    result.r3 = Guarded.drained(entry);
  }
}
