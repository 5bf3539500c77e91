package lip.operations.deploy;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.time.InstantSource;
import lip.core.gateway.Inventory.FileView;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/**
 * A file of another content arrives while the old one is said to live: what the inventory says at
 * the end.
 */
@JCStressTest
@Outcome(id = "2 d2 starting", expect = ACCEPTABLE, desc = "the new one was last")
@Outcome(id = "2 d2 live", expect = ACCEPTABLE, desc = "its state was last")
@Outcome(expect = FORBIDDEN, desc = "the new content was forgotten")
@State
public class StateWhileReplaced {
  private final FileStates states = new FileStates(InstantSource.system());

  public StateWhileReplaced() {
    states.set("a.jar", "d1", 1, "1.0.0", "starting", null);
  }

  @Actor
  public void replaced() {
    states.set("a.jar", "d2", 2, "2.0.0", "starting", null);
  }

  @Actor
  public void settled() {
    states.set("a.jar", "live", null);
  }

  @Arbiter
  public void end(L_Result result) {
    FileView view = states.get("a.jar");
    result.r1 =
        view == null ? "nothing" : view.bundleId() + " " + view.digest() + " " + view.state();
  }
}
