package lip.sdk.feature;

import lip.api.call.Call;
import lip.api.failure.Rejected;
import org.osgi.annotation.versioning.ConsumerType;

/** May reject or change a call. Calls are immutable: a handler that fails leaves no trace. */
@FunctionalInterface
@ConsumerType
public interface CallStage {
  /**
   * Looks at a call.
   *
   * @return the same call or a changed copy
   * @throws Rejected when the client is to be refused
   */
  Call on(Call call, CallContext context) throws Rejected;
}
