package lip.sdk.backend;

import lip.api.call.Call;
import lip.sdk.fidelity.Fidelity;
import org.osgi.annotation.versioning.ProviderType;

/** One try of one candidate. */
@ProviderType
public interface Attempt {
  /** The attempt's own view of the call; its model is that of the candidate. */
  Call call();

  /** Model to ask for. */
  String model();

  /** B-leg id. */
  String bLegId();

  /** Number of the attempt inside its call, from 1. */
  int number();

  /** Where the backend says what of the call it cannot say to the provider, or only otherwise. */
  default Fidelity fidelity() {
    return Fidelity.NOBODY;
  }
}
