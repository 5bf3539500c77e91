package lip.backend.openai.legacy;

import java.util.ArrayList;
import java.util.List;
import lip.api.call.Call;
import lip.sdk.backend.Attempt;
import lip.sdk.fidelity.Deviation;
import lip.sdk.fidelity.Fidelity;

/**
 * An attempt that remembers what was reported.
 *
 * @param model model
 * @param call call
 * @param reported deviations in order
 */
record Try(String model, Call call, List<Deviation> reported) implements Attempt {
  Try(String model, Call call) {
    this(model, call, new ArrayList<>());
  }

  @Override
  public Fidelity fidelity() {
    return reported::add;
  }

  @Override
  public String bLegId() {
    return "b_1";
  }

  @Override
  public int number() {
    return 1;
  }
}
