package lip.backend.anthropic;

import java.util.ArrayList;
import java.util.List;
import lip.api.call.Call;
import lip.sdk.backend.Attempt;
import lip.sdk.backend.ProviderNotes;
import lip.sdk.fidelity.Deviation;
import lip.sdk.fidelity.Fidelity;

/**
 * An attempt that remembers what it is told.
 *
 * @param model model
 * @param call call
 * @param told notes in order
 * @param reported deviations in order
 */
record Try(String model, Call call, List<ProviderNotes> told, List<Deviation> reported)
    implements Attempt {
  Try(String model, Call call) {
    this(model, call, new ArrayList<>(), new ArrayList<>());
  }

  @Override
  public String bLegId() {
    return "b_1";
  }

  @Override
  public int number() {
    return 1;
  }

  @Override
  public void notes(ProviderNotes notes) {
    told.add(notes);
  }

  @Override
  public Fidelity fidelity() {
    return reported::add;
  }
}
