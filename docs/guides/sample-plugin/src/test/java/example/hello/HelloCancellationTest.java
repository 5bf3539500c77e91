package example.hello;

import java.util.Map;
import lip.sdk.InvalidSettings;
import lip.sdk.backend.Attempt;
import lip.sdk.backend.Backend;
import lip.testing.conformance.backend.CancellationContract;
import lip.testing.conformance.backend.TestAttempt;

/** A pause of a minute: what a client that goes away must not wait for. */
class HelloCancellationTest implements CancellationContract {
  @Override
  public Backend backend() throws InvalidSettings {
    return HelloContractTest.backend(Map.of("pause", "1m"));
  }

  @Override
  public Attempt silent() {
    return TestAttempt.of("greeting", "good morning");
  }
}
