package lip.sdk.feature;

import org.osgi.annotation.versioning.ProviderType;

/** The circumstances of an attempt. */
@ProviderType
public interface AttemptContext extends CallContext {
  /** B-leg id. */
  String bLegId();

  /** Number of the attempt inside its call, from 1. */
  int number();

  /** Backend instance. */
  String backendId();

  /** Model asked for. */
  String model();
}
