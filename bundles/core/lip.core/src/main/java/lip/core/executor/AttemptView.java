package lip.core.executor;

import lip.api.call.Call;
import lip.sdk.backend.Attempt;
import lip.sdk.fidelity.Fidelity;

/**
 * What a backend gets.
 *
 * @param call the attempt's copy
 * @param model model to ask for
 * @param bLegId B-leg id
 * @param number number inside the call, from 1
 * @param fidelity takes what it cannot say
 */
record AttemptView(Call call, String model, String bLegId, int number, Fidelity fidelity)
    implements Attempt {}
