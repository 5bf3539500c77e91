package lip.core.executor;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZI_Result;

/** Two attempts want the last place of a backend: who got it, and how many places are taken. */
@JCStressTest
@Outcome(id = "true, false, 1", expect = ACCEPTABLE, desc = "the first")
@Outcome(id = "false, true, 1", expect = ACCEPTABLE, desc = "the second")
@Outcome(expect = FORBIDDEN, desc = "both, none, or a wrong count")
@State
public class LastPlace {
  private final ActiveAttempts active = new ActiveAttempts();

  @Actor
  public void first(ZZI_Result result) {
    result.r1 = active.enter("b", 1);
  }

  @Actor
  public void second(ZZI_Result result) {
    result.r2 = active.enter("b", 1);
  }

  @Arbiter
  public void end(ZZI_Result result) {
    result.r3 = active.count("b");
  }
}
