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
 * The core ends a stream while the plugin writes it: the bytes on the wire, and how often it ended.
 */
@JCStressTest
@Outcome(id = "200:<a><b>[.], 1", expect = ACCEPTABLE, desc = "the plugin was first")
@Outcome(id = "200:<a><last>!, 1", expect = ACCEPTABLE, desc = "last words after a record")
@Outcome(id = "200:<a><b><last>!, 1", expect = ACCEPTABLE, desc = "last words after both")
@Outcome(id = "503:<gone>[.], 1", expect = ACCEPTABLE, desc = "nothing was sent")
@Outcome(expect = FORBIDDEN, desc = "a torn record, or not exactly one end")
@State
public class LastWordsWhileWritten {
  private final Line line = new Line();

  @Actor
  public void plugin() {
    line.plugin();
  }

  @Actor
  public void core() {
    line.core();
  }

  @Arbiter
  public void end(LI_Result result) {
    result.r1 = line.sent();
    result.r2 = line.ends();
  }
}
