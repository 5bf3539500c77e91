package example.hello;

import java.util.Map;
import lip.sdk.InvalidSettings;
import lip.sdk.Kind;
import lip.sdk.backend.Attempt;
import lip.sdk.backend.Backend;
import lip.testing.conformance.TestInstance;
import lip.testing.conformance.TestSettings;
import lip.testing.conformance.backend.CapabilityContract;
import lip.testing.conformance.backend.StreamingContract;
import lip.testing.conformance.backend.TestAttempt;
import lip.testing.conformance.kind.KindContract;

/** The contracts that this backend claims to keep. It cannot fail, so it does not claim FailureContract. */
class HelloContractTest
    implements KindContract<HelloSettings, Backend>, StreamingContract, CapabilityContract {
  @Override
  public Kind<HelloSettings, Backend> kind() {
    return new HelloKind();
  }

  @Override
  public Map<String, Map<String, String>> invalid() {
    return Map.of("language", Map.of("language", "klingon"));
  }

  @Override
  public Backend backend() throws InvalidSettings {
    return backend(Map.of("language", "de"));
  }

  static Backend backend(Map<String, String> settings) throws InvalidSettings {
    return new HelloKind()
        .create(
            TestInstance.of("hello"), TestSettings.of(HelloSettings.class, settings));
  }

  @Override
  public Attempt answered() {
    return TestAttempt.of("greeting", "good morning");
  }

  @Override
  public String text() {
    return "Hallo, you said: good morning";
  }

  @Override
  public String model() {
    return "greeting";
  }
}
