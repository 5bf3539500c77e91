package lip.core.http;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LI_Result;

/** A keep-alive is due while the plugin writes: the bytes on the wire, and how often it ended. */
@JCStressTest
@Outcome(id = "200:<a><b>[.], 1", expect = ACCEPTABLE, desc = "passed over")
@Outcome(id = "200:<k><a><b>[.], 1", expect = ACCEPTABLE, desc = "before")
@Outcome(id = "200:<a><k><b>[.], 1", expect = ACCEPTABLE, desc = "between")
@Outcome(id = "200:<a><b><k>[.], 1", expect = ACCEPTABLE, desc = "after")
@Outcome(expect = FORBIDDEN, desc = "a torn record, or not exactly one end")
@State
public class KeepAliveWhileWritten {
  private final Line line = new Line();

  @Actor
  public void plugin() {
    line.plugin();
  }

  @Actor
  public void attendant() {
    line.keepAlive();
  }

  @Arbiter
  public void end(LI_Result result) {
    result.r1 = line.sent();
    result.r2 = line.ends();
  }
}
