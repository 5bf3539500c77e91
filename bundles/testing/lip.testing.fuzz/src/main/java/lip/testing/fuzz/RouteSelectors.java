package lip.testing.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.List;
import lip.core.routing.Ask;
import lip.core.routing.Candidate;
import lip.core.routing.Field;
import lip.core.routing.FirstRuleThatApplies;
import lip.core.routing.Unroutable;

/** Three lines: selector, model, default route. There is a candidate, or a reason. */
final class RouteSelectors implements Target {
  private static final Field FIELD =
      new Field() {
        @Override
        public List<Known> backends() {
          return List.of(
              new Known("openai-legacy", "openai-legacy", List.of("gpt-"), "gpt-5"),
              new Known("home", "openai-legacy", List.of("gpt-"), ""),
              new Known("local-stub", "local-stub", List.of("stub-"), "stub-default"));
        }

        @Override
        public boolean lists(String backendId, String model) {
          return backendId.equals("home") && model.length() % 2 == 0;
        }
      };

  @Override
  public void take(byte[] bytes) {
    String[] lines = new String(bytes, StandardCharsets.UTF_8).split("\n", 3);
    try {
      List<Candidate> candidates =
          new FirstRuleThatApplies()
              .plan(
                  new Ask(
                      lines[0].isEmpty() ? null : lines[0],
                      lines.length > 1 ? lines[1] : null,
                      lines.length > 2 ? lines[2] : null),
                  FIELD);
      Expect.that(!candidates.isEmpty(), "neither a candidate nor a reason");
    } catch (Unroutable e) {
      Expect.explained(e.failure().message());
      int status = e.failure().kind().httpStatus();
      boolean operators = status == 503 && e.failure().message().startsWith("the default route");
      Expect.that(operators || status == 400 || status == 404, "unroutable is " + status);
      Expect.that(operators || e.failure().param() != null, "which part? " + e.failure().message());
    }
  }
}
