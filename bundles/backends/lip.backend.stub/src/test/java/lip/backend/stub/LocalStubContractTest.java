package lip.backend.stub;

import java.util.LinkedHashMap;
import java.util.Map;
import lip.api.failure.FailureClass;
import lip.sdk.InvalidSettings;
import lip.sdk.backend.Attempt;
import lip.sdk.backend.Backend;
import lip.testing.conformance.TestInstance;
import lip.testing.conformance.TestSettings;
import lip.testing.conformance.backend.CancellationContract;
import lip.testing.conformance.backend.CapabilityContract;
import lip.testing.conformance.backend.FailureContract;
import lip.testing.conformance.backend.ReadyContract;
import lip.testing.conformance.backend.StreamingContract;
import lip.testing.conformance.backend.TestAttempt;

class LocalStubContractTest
    implements StreamingContract,
        CancellationContract,
        FailureContract,
        CapabilityContract,
        ReadyContract {
  @Override
  public Backend backend() throws InvalidSettings {
    return new LocalStubKind()
        .create(TestInstance.of("local-stub"), TestSettings.of(LocalStubSettings.class));
  }

  @Override
  public String model() {
    return Scenarios.DEFAULT_MODEL;
  }

  @Override
  public Attempt answered() {
    return TestAttempt.of("stub-echo", text());
  }

  @Override
  public String text() {
    return "Hello, wörld: \uD83D\uDE00 and on";
  }

  @Override
  public Attempt silent() {
    return TestAttempt.of("stub-stall-3", "hello");
  }

  @Override
  public Attempt breaking() {
    return TestAttempt.of("stub-error-after-3", "hello");
  }

  @Override
  public Map<Attempt, FailureClass> failing() {
    Map<Attempt, FailureClass> failing = new LinkedHashMap<>();
    failing.put(TestAttempt.of("stub-error-400", "hello"), FailureClass.INVALID_REQUEST);
    failing.put(TestAttempt.of("stub-error-401", "hello"), FailureClass.UPSTREAM_AUTH);
    failing.put(TestAttempt.of("stub-error-404", "hello"), FailureClass.NOT_FOUND);
    failing.put(TestAttempt.of("stub-error-429", "hello"), FailureClass.RATE_LIMITED);
    failing.put(TestAttempt.of("stub-error-500", "hello"), FailureClass.UPSTREAM);
    failing.put(TestAttempt.of("stub-error-503", "hello"), FailureClass.OVERLOADED);
    return failing;
  }
}
