package lip.backend.openai.legacy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import lip.api.failure.FailureClass;
import lip.sdk.InvalidSettings;
import lip.sdk.backend.Backend;
import lip.testing.conformance.backend.EmulatedContract;
import lip.testing.emulator.Ending;
import org.junit.jupiter.api.AfterEach;

class OpenAiLegacyContractTest implements EmulatedContract {
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
  public void awaitDisconnect() throws InterruptedException {
    assertThat(provider.ending()).isEqualTo(Ending.CLIENT_GONE);
  }

  @Override
  public Map<String, FailureClass> ownFailures() {
    return Map.of(
        "error-503", FailureClass.OVERLOADED,
        "reset-first", FailureClass.UPSTREAM,
        "error-first", FailureClass.UPSTREAM);
  }
}
