package lip.core.snapshot;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZZ_Result;

/** A request takes a lease while the entry retires: taken, drained at once, drained at the end. */
@JCStressTest
@Outcome(id = "true, false, false", expect = ACCEPTABLE, desc = "the departure waits")
@Outcome(id = "false, true, true", expect = ACCEPTABLE, desc = "the request looks again")
@Outcome(id = "false, false, true", expect = ACCEPTABLE, desc = "given up, which drains")
@Outcome(expect = FORBIDDEN, desc = "a lease on what is drained, or never drained")
@State
public class TakenWhileRetired {
  private final Entry<Guarded> entry = Guarded.entry();

  @Actor
  public void request(ZZZ_Result result) {
    result.r1 = entry.acquire();
  }

  @Actor
  public void departure(ZZZ_Result result) {
    entry.retire();
    result.r2 = Guarded.drained(entry);
  }

  @Arbiter
  public void end(ZZZ_Result result) {
    result.r3 = Guarded.drained(entry);
  }
}
