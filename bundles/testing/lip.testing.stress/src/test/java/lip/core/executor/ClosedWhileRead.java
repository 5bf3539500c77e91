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
 * An answer is closed while it is read: what the reader gets, closes of the stream and leases given
 * back, plugin calls without one.
 */
@JCStressTest
@Outcome(id = "event, 1/1, 0", expect = ACCEPTABLE, desc = "read before")
@Outcome(id = "closed, 1/1, 0", expect = ACCEPTABLE, desc = "the reader learns it")
@Outcome(
    expect = FORBIDDEN,
    desc = "not closed once, a lease not given back once, or a call without it")
@State
public class ClosedWhileRead {
  private final ReadAttempt answer = new ReadAttempt();

  @Actor
  public void reader(LLL_Result result) {
    result.r1 = answer.read();
  }

  @Actor
  public void closer() {
    answer.close();
  }

  @Arbiter
  public void end(LLL_Result result) {
    result.r2 = answer.closes() + "/" + answer.leasesBack();
    result.r3 = answer.callsWithoutLease();
  }
}
