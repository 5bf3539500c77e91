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
 * A keep-alive is due while the core ends the stream: the bytes on the wire, and how often it
 * ended.
 */
@JCStressTest
@Outcome(id = "503:<gone>[.], 1", expect = ACCEPTABLE, desc = "passed over")
@Outcome(id = "200:<k><last>!, 1", expect = ACCEPTABLE, desc = "before")
@Outcome(expect = FORBIDDEN, desc = "a torn record, or not exactly one end")
@State
public class KeepAliveWhileEnded {
  private final Line line = new Line();

  @Actor
  public void core() {
    line.core();
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
