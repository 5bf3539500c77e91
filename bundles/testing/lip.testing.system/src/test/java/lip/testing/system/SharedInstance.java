package lip.testing.system;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import lip.testing.emulator.chat.ChatEmulator;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * One instance for all tests that only talk to it, with the emulator as its OpenAI-compatible
 * provider {@code openai-legacy}; ended with the last test.
 */
final class SharedInstance implements ParameterResolver {
  /** What the instance has as key of the provider; must never be seen. */
  static final String KEY = "sk-very-secret-value-0123456789";

  /** Both, and a client of the vendor. */
  record Parts(Instance instance, ChatEmulator emulator, OpenAIClient client)
      implements AutoCloseable {
    private static final AtomicInteger PROVIDERS = new AtomicInteger();

    /**
     * A backend instance of its own in front of the emulator, so that what one test does to a key
     * is nothing to another; its id.
     */
    String provider(String settings) {
      String id = "provider" + PROVIDERS.incrementAndGet();
      instance.config("lip.backend.openai.legacy~" + id + ".cfg", settings(emulator) + settings);
      instance.await(id + " is active", tree -> Seen.active(tree, id, ""));
      return id;
    }

    @Override
    public void close() {
      client.close();
      instance.close();
      emulator.close();
    }
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Parts.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getRoot()
        .getStore(ExtensionContext.Namespace.create(SharedInstance.class))
        .getOrComputeIfAbsent("parts", _ -> start(), Parts.class);
  }

  private static String settings(ChatEmulator emulator) {
    return "base.url = " + emulator.baseUrl() + "\napi.keys = env:UPSTREAM_KEY\n";
  }

  private static Parts start() {
    try {
      Path folder = Files.createTempDirectory("lip-system-");
      var emulator = ChatEmulator.start();
      var instance = new Instance(folder).env("UPSTREAM_KEY", KEY);
      instance.config("lip.backend.openai.legacy.cfg", settings(emulator));
      instance.start();
      var client =
          OpenAIOkHttpClient.builder()
              .baseUrl("http://127.0.0.1:" + instance.port() + "/v1")
              .apiKey("client-key")
              .maxRetries(0)
              .timeout(Duration.ofSeconds(30))
              .build();
      return new Parts(instance, emulator, client);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
