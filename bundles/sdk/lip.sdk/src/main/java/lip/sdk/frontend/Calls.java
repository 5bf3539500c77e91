package lip.sdk.frontend;

import java.time.InstantSource;
import java.util.List;
import java.util.OptionalLong;
import lip.api.call.Call;
import lip.sdk.Ids;
import lip.sdk.backend.ModelInfo;
import org.osgi.annotation.versioning.ProviderType;

/** The way from a frontend into the core, for one exchange. */
@ProviderType
public interface Calls {
  /**
   * Runs a call: stages, routing, attempts. Returns when the first event that commits, or the end,
   * is known, so a failure before output is an exception and not an event.
   *
   * @throws CallFailed with the failure to render
   */
  Answer open(Call call) throws CallFailed;

  /**
   * How many input tokens a call has, as counted by the provider it would be routed to. Takes its
   * time like a call, up to the limits of the backend; nothing is generated, and no stage sees it.
   *
   * @return empty when that backend cannot tell, is busy, or failed
   * @throws CallFailed only when the exchange was ended
   */
  default OptionalLong countTokens(Call call) throws CallFailed {
    return OptionalLong.empty();
  }

  /** Models of all live backends, from their inventories; never asks a provider. */
  List<ModelInfo> models();

  /** The clock of the core. */
  InstantSource clock();

  /** The ids of the core. */
  Ids ids();
}
