package lip.core.instances;

import org.jspecify.annotations.Nullable;

/**
 * What the registry says about configurations. Called on worker threads; must not block for long.
 */
interface Feedback {
  /** In force now, or gone. */
  void accepted(InstanceKey key, Configured configuration, boolean deleted);

  /** Refused by every version of its kind; {@code lastGood} is what runs, null = nothing. */
  void refused(Configured configuration, @Nullable Configured lastGood, String reason);
}
