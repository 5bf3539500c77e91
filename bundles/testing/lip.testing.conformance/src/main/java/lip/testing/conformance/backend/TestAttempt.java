package lip.testing.conformance.backend;

import lip.api.call.Call;
import lip.sdk.backend.Attempt;
import lip.testing.kit.Calls;
import lip.testing.kit.CountingIds;

/**
 * An attempt as the core would make it.
 *
 * @param call the attempt's view of the call
 * @param model model to ask for
 * @param bLegId B-leg id
 * @param number number inside its call
 */
public record TestAttempt(Call call, String model, String bLegId, int number) implements Attempt {
  /** The first attempt of a call, for its own model. */
  public static TestAttempt of(Call call) {
    String model = call.model();
    return new TestAttempt(call, model == null ? "" : model, CountingIds.id("b_", 1), 1);
  }

  /** The first attempt of a call, for another model. */
  public static TestAttempt of(String model, Call call) {
    return of(call.toBuilder().model(model).build());
  }

  /** One user text for a model. */
  public static TestAttempt of(String model, String text) {
    return of(model, Calls.text(text));
  }
}
