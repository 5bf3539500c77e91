package lip.core.http;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LI_Result;

/**
 * A keep-alive is due while the plugin gives a whole response after all: the bytes, and how often
 * it ended.
 */
@JCStressTest
@Outcome(id = "400:<error>[.], 1", expect = ACCEPTABLE, desc = "passed over")
@Outcome(id = "200:<k><last>!, 1", expect = ACCEPTABLE, desc = "the stream had begun")
@Outcome(expect = FORBIDDEN, desc = "two heads, a torn record, or not exactly one end")
@State
public class KeepAliveWhileFailed {
  private final Line line = new Line();

  @Actor
  public void plugin() {
    line.respond();
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
