package lip.core.executor;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLL_Result;

/**
 * A request is admitted while its frontend is replaced: by which, used after the close, all leases
 * back.
 */
@JCStressTest
@Outcome(id = "old, false, true", expect = ACCEPTABLE, desc = "the departure waits")
@Outcome(id = "new, false, true", expect = ACCEPTABLE, desc = "the next snapshot")
@Outcome(expect = FORBIDDEN, desc = "refused, used after the close, or a lease lost")
@State
public class FrontendReplacedWhileAdmitted {
  private final Gate gate = Gate.frontendReplaced();

  @Actor
  public void request(LLL_Result result) {
    gate.request(result);
  }

  @Actor
  public void publisher() {
    gate.publish();
  }

  @Arbiter
  public void end(LLL_Result result) {
    result.r3 = gate.settled();
  }
}
