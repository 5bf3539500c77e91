package lip.core.executor;

import lip.api.call.Call;
import lip.sdk.backend.Attempt;
import lip.sdk.backend.ProviderNotes;
import lip.sdk.fidelity.Fidelity;

/**
 * What a backend gets.
 *
 * @param call the attempt's copy
 * @param model model to ask for
 * @param bLegId B-leg id
 * @param number number inside the call, from 1
 * @param record takes what it cannot say, and what the provider said besides
 */
record AttemptView(Call call, String model, String bLegId, int number, AttemptRecord record)
    implements Attempt {
  @Override
  public Fidelity fidelity() {
    return record;
  }

  @Override
  public void notes(ProviderNotes notes) {
    record.notes(notes);
  }
}
