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

/** A file goes while it is said to live: what the inventory says at the end. */
@JCStressTest
@Outcome(id = "nothing", expect = ACCEPTABLE, desc = "removed last")
@Outcome(
    id = "-1  live",
    expect = ACCEPTABLE,
    desc = "said last, about a file of which nothing is known")
@Outcome(expect = FORBIDDEN, desc = "the removed content came back")
@State
public class StateWhileRemoved {
  private final FileStates states = new FileStates(InstantSource.system());

  public StateWhileRemoved() {
    states.set("a.jar", "d1", 1, "1.0.0", "starting", null);
  }

  @Actor
  public void removed() {
    states.remove("a.jar");
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
