package lip.backend.openai.legacy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import lip.core.upstream.UpstreamClient;
import lip.core.upstream.UpstreamOptions;
import lip.sdk.InvalidSettings;
import lip.sdk.backend.Backend;
import lip.testing.conformance.TestInstance;
import lip.testing.conformance.TestSettings;
import lip.testing.emulator.Ending;
import lip.testing.emulator.chat.ChatEmulator;

/** A provider behind a real connection. */
final class Provider implements AutoCloseable {
  final ChatEmulator emulator = ChatEmulator.start();
  private final UpstreamClient upstream =
      new UpstreamClient(() -> UpstreamOptions.DEFAULT, Map.of());

  Backend backend(String profile) throws InvalidSettings {
    return new OpenAiLegacyKind(upstream, Backends.NOTHING)
        .create(
            TestInstance.of("openai-legacy"),
            TestSettings.of(
                OpenAiLegacySettings.class,
                Map.of("base.url", emulator.baseUrl().toString(), "profile", profile)));
  }

  List<String> received() {
    return emulator.requests().stream()
        .filter(request -> request.path().endsWith("/chat/completions"))
        .map(request -> request.bodyText())
        .toList();
  }

  /** How the last answer ended, waited for. */
  Ending ending() throws InterruptedException {
    return emulator.exchanges().getLast().awaitEnding(Duration.ofSeconds(20));
  }

  @Override
  public void close() {
    upstream.close();
    emulator.close();
  }
}
