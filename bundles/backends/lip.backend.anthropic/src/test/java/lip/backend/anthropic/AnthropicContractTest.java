package lip.backend.anthropic;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import lip.api.capability.Capability;
import lip.api.failure.FailureClass;
import lip.core.upstream.UpstreamClient;
import lip.core.upstream.UpstreamOptions;
import lip.sdk.InvalidSettings;
import lip.sdk.backend.Backend;
import lip.testing.conformance.TestInstance;
import lip.testing.conformance.TestSettings;
import lip.testing.conformance.backend.DeclaredContract;
import lip.testing.conformance.backend.EmulatedContract;
import lip.testing.emulator.Ending;
import lip.testing.emulator.messages.MessagesEmulator;
import org.junit.jupiter.api.AfterEach;

/** Over real connections. */
class AnthropicContractTest implements EmulatedContract, DeclaredContract {
  private final MessagesEmulator emulator = MessagesEmulator.start();
  private final UpstreamClient upstream =
      new UpstreamClient(() -> UpstreamOptions.DEFAULT, Map.of());

  @AfterEach
  void close() {
    upstream.close();
    emulator.close();
  }

  @Override
  public Backend backend() throws InvalidSettings {
    return new AnthropicKind(upstream, Backends.NOTHING)
        .create(
            TestInstance.of("anthropic"),
            TestSettings.of(
                AnthropicSettings.class, Map.of("base.url", emulator.baseUrl().toString())));
  }

  @Override
  public String model() {
    return EmulatedContract.super.model();
  }

  @Override
  public void awaitDisconnect() throws InterruptedException {
    assertThat(emulator.exchanges().getLast().awaitEnding(Duration.ofSeconds(20)))
        .isEqualTo(Ending.CLIENT_GONE);
  }

  @Override
  public Map<String, FailureClass> ownFailures() {
    return Map.of("error-529", FailureClass.OVERLOADED, "error-first", FailureClass.OVERLOADED);
  }

  @Override
  public List<String> received() {
    return emulator.requests().stream()
        .filter(request -> request.path().endsWith("/messages"))
        .map(request -> request.bodyText())
        .toList();
  }

  @Override
  public String wish(Capability capability) {
    if (capability.equals(Capability.STREAMING)) {
      return "\"stream\":true";
    }
    return capability.equals(Capability.REASONING)
        ? "\"thinking\":{"
        : "\"disable_parallel_tool_use\":true";
  }
}
