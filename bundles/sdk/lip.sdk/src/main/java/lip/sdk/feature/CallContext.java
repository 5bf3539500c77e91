package lip.sdk.feature;

import java.time.InstantSource;
import lip.sdk.Ids;
import org.osgi.annotation.versioning.ProviderType;

/** The circumstances of a call; exists before the first stage. */
@ProviderType
public interface CallContext {
  /** Trace id. */
  String traceId();

  /** Frontend instance that took the call. */
  String frontendId();

  /** A-leg id. */
  String aLegId();

  /** The clock. */
  InstantSource clock();

  /** Random ids. */
  Ids ids();
}
