package lip.backend.openai.legacy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import lip.api.failure.FailureClass;
import lip.sdk.InvalidSettings;
import lip.sdk.backend.Attempt;
import lip.sdk.backend.Backend;
import lip.testing.conformance.backend.CancellationContract;
import lip.testing.conformance.backend.CapabilityContract;
import lip.testing.conformance.backend.FailureContract;
import lip.testing.conformance.backend.ReadyContract;
import lip.testing.conformance.backend.StreamingContract;
import lip.testing.conformance.backend.TestAttempt;
import lip.testing.emulator.Ending;
import org.junit.jupiter.api.AfterEach;

class OpenAiLegacyContractTest
    implements StreamingContract,
        CancellationContract,
        FailureContract,
        CapabilityContract,
        ReadyContract {
  final Provider provider = new Provider();

  @AfterEach
  void close() {
    provider.close();
  }

  @Override
  public Backend backend() throws InvalidSettings {
    return provider.backend("compatible");
  }

  @Override
  public String model() {
    return "echo";
  }

  @Override
  public Attempt answered() {
    return TestAttempt.of("echo", "Hello, wörld: \uD83D\uDE00 and on");
  }

  @Override
  public String text() {
    return "You said: Hello, wörld: \uD83D\uDE00 and on";
  }

  @Override
  public Attempt silent() {
    return TestAttempt.of("stall-body", "hello");
  }

  @Override
  public void awaitDisconnect() throws InterruptedException {
    assertThat(provider.ending()).isEqualTo(Ending.CLIENT_GONE);
  }

  @Override
  public Attempt breaking() {
    return TestAttempt.of("error-inband", "hello");
  }

  @Override
  public Map<Attempt, FailureClass> failing() {
    Map<Attempt, FailureClass> failing = new LinkedHashMap<>();
    failing.put(TestAttempt.of("error-400", "hello"), FailureClass.INVALID_REQUEST);
    failing.put(TestAttempt.of("error-401", "hello"), FailureClass.UPSTREAM_AUTH);
    failing.put(TestAttempt.of("error-404", "hello"), FailureClass.NOT_FOUND);
    failing.put(TestAttempt.of("error-429", "hello"), FailureClass.RATE_LIMITED);
    failing.put(TestAttempt.of("error-500", "hello"), FailureClass.UPSTREAM);
    failing.put(TestAttempt.of("error-503", "hello"), FailureClass.OVERLOADED);
    failing.put(TestAttempt.of("error-context", "hello"), FailureClass.CONTEXT_TOO_LONG);
    failing.put(TestAttempt.of("html", "hello"), FailureClass.UPSTREAM);
    failing.put(TestAttempt.of("reset-first", "hello"), FailureClass.UPSTREAM);
    failing.put(TestAttempt.of("error-first", "hello"), FailureClass.UPSTREAM);
    return failing;
  }
}
