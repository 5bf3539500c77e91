package lip.core.http;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZZ_Result;

/** Reaper and client watch take the right to write at once: whose call did it. */
@JCStressTest
@Outcome(id = "true, false, false", expect = ACCEPTABLE, desc = "the first")
@Outcome(id = "false, true, false", expect = ACCEPTABLE, desc = "the second")
@Outcome(expect = FORBIDDEN, desc = "both, or none")
@State
public class TakenByBoth {
  private final Tenure tenure = new Tenure();

  @Actor
  public void reaper(ZZZ_Result result) {
    result.r1 = tenure.revoke("the server has ended this request");
  }

  @Actor
  public void watch(ZZZ_Result result) {
    result.r2 = tenure.revoke("the client is gone");
  }

  @Arbiter
  public void end(ZZZ_Result result) {
    result.r3 = tenure.held();
  }
}
