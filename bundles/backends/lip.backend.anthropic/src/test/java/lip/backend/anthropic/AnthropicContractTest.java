package lip.backend.anthropic;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import lip.api.capability.Capability;
import lip.api.failure.FailureClass;
import lip.core.upstream.UpstreamClient;
import lip.core.upstream.UpstreamOptions;
import lip.sdk.InvalidSettings;
import lip.sdk.backend.Attempt;
import lip.sdk.backend.Backend;
import lip.testing.conformance.TestInstance;
import lip.testing.conformance.TestSettings;
import lip.testing.conformance.backend.CancellationContract;
import lip.testing.conformance.backend.CapabilityContract;
import lip.testing.conformance.backend.DeclaredContract;
import lip.testing.conformance.backend.FailureContract;
import lip.testing.conformance.backend.ReadyContract;
import lip.testing.conformance.backend.StreamingContract;
import lip.testing.conformance.backend.TestAttempt;
import lip.testing.emulator.Ending;
import lip.testing.emulator.messages.MessagesEmulator;
import org.junit.jupiter.api.AfterEach;

/** Over real connections. */
class AnthropicContractTest
    implements StreamingContract,
        CancellationContract,
        FailureContract,
        CapabilityContract,
        DeclaredContract,
        ReadyContract {
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
    assertThat(emulator.exchanges().getLast().awaitEnding(Duration.ofSeconds(20)))
        .isEqualTo(Ending.CLIENT_GONE);
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
    failing.put(TestAttempt.of("error-529", "hello"), FailureClass.OVERLOADED);
    failing.put(TestAttempt.of("error-context", "hello"), FailureClass.CONTEXT_TOO_LONG);
    failing.put(TestAttempt.of("html", "hello"), FailureClass.UPSTREAM);
    failing.put(TestAttempt.of("error-first", "hello"), FailureClass.OVERLOADED);
    return failing;
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
