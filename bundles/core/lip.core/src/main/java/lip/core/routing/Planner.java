package lip.core.routing;

import java.util.List;

/** Turns what a client asked for into candidates. Pure. */
@FunctionalInterface
public interface Planner {
  /**
   * Plans.
   *
   * @return at least one candidate, best first
   * @throws Unroutable when there is none, with what the client is told
   */
  List<Candidate> plan(Ask ask, Field field) throws Unroutable;
}
