package lip.core.instances;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZII_Result;

/**
 * Two wait for the drain of an instance whose last lease goes back: closed under the lease, closes
 * when each is done.
 */
@JCStressTest
@Outcome(id = "false, 1, 1", expect = ACCEPTABLE, desc = "closed once, after the lease")
@Outcome(expect = FORBIDDEN, desc = "closed under a lease, twice, or not yet")
@State
public class ClosedWhileReleased {
  private final Departing departing = new Departing();

  @Actor
  public void holder(ZII_Result result) {
    result.r1 = departing.closed();
    departing.release();
    result.r2 = departing.await();
  }

  @Actor
  public void departure(ZII_Result result) {
    result.r3 = departing.await();
  }
}
