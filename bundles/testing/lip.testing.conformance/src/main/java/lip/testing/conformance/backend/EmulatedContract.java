package lip.testing.conformance.backend;

import java.util.LinkedHashMap;
import java.util.Map;
import lip.api.failure.FailureClass;
import lip.sdk.backend.Attempt;

/**
 * What a backend keeps in front of an emulator of {@code lip.testing.emulator}: each has a model
 * for each kind of answer.
 */
public interface EmulatedContract
    extends StreamingContract,
        CancellationContract,
        FailureContract,
        CapabilityContract,
        ReadyContract {
  /** The classes of those failures that not all emulators have, or tell alike, by model. */
  Map<String, FailureClass> ownFailures();

  @Override
  default String model() {
    return "echo";
  }

  @Override
  default Attempt answered() {
    return TestAttempt.of("echo", "Hello, wörld: \uD83D\uDE00 and on");
  }

  @Override
  default String text() {
    return "You said: Hello, wörld: \uD83D\uDE00 and on";
  }

  @Override
  default Attempt silent() {
    return TestAttempt.of("stall-body", "hello");
  }

  @Override
  default Attempt breaking() {
    return TestAttempt.of("error-inband", "hello");
  }

  @Override
  default Map<Attempt, FailureClass> failing() {
    Map<String, FailureClass> models = new LinkedHashMap<>();
    models.put("error-400", FailureClass.INVALID_REQUEST);
    models.put("error-401", FailureClass.UPSTREAM_AUTH);
    models.put("error-404", FailureClass.NOT_FOUND);
    models.put("error-429", FailureClass.RATE_LIMITED);
    models.put("error-500", FailureClass.UPSTREAM);
    models.put("error-context", FailureClass.CONTEXT_TOO_LONG);
    models.put("html", FailureClass.UPSTREAM);
    models.putAll(ownFailures());
    Map<Attempt, FailureClass> failing = new LinkedHashMap<>();
    models.forEach((model, kind) -> failing.put(TestAttempt.of(model, "hello"), kind));
    return failing;
  }
}
