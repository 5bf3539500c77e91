package lip.sdk.feature;

import java.util.List;
import lip.api.call.Call;
import org.osgi.annotation.versioning.ConsumerType;

/** Names candidates it would like first. */
@FunctionalInterface
@ConsumerType
public interface RouteHint {
  /** Preferred backend instance ids, best first; unknown ones are ignored, none is added. */
  List<String> prefer(Call call, CallContext context);
}
