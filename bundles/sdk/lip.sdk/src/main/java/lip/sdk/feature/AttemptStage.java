package lip.sdk.feature;

import lip.api.call.Call;
import lip.api.failure.Rejected;
import org.osgi.annotation.versioning.ConsumerType;

/** Works on the attempt's own copy of the call. */
@FunctionalInterface
@ConsumerType
public interface AttemptStage {
  /**
   * Looks at the copy before the backend gets it.
   *
   * @return the same call or a changed copy
   * @throws Rejected when this candidate is not to be used; the next one is tried
   */
  Call on(Call call, AttemptContext context) throws Rejected;
}
