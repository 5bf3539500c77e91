package lip.sdk.feature;

import lip.api.call.Call;
import lip.api.event.EventStream;
import lip.api.failure.Failure;
import org.osgi.annotation.versioning.ConsumerType;

/** Decides on a call before it is routed. */
@FunctionalInterface
@ConsumerType
public interface Admission {
  /** Decides. */
  Decision on(Call call, CallContext context);

  /** A decision. */
  sealed interface Decision {
    /** Go on. */
    record Allow() implements Decision {}

    /**
     * Refuse.
     *
     * @param failure what the client is told
     */
    record Deny(Failure failure) implements Decision {}

    /**
     * Answer without a backend.
     *
     * @param events a whole legal answer
     */
    record Answer(EventStream events) implements Decision {}
  }
}
