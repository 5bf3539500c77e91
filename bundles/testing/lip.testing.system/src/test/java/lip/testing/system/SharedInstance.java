package lip.testing.system;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import lip.testing.emulator.chat.ChatEmulator;
import lip.testing.emulator.messages.MessagesEmulator;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * One instance for all tests that only talk to it, with an emulator as its OpenAI-compatible
 * provider {@code openai-legacy} and another one as {@code anthropic}; ended with the last test.
 */
final class SharedInstance implements ParameterResolver, AfterEachCallback {
  /** What the instance has as key of the provider; must never be seen. */
  static final String KEY = "sk-very-secret-value-0123456789";

  /** Its second key. */
  static final String SECOND_KEY = "the-second-key-of-the-provider";

  /** All of it, and the clients of the vendors. */
  record Parts(
      Instance instance,
      ChatEmulator emulator,
      MessagesEmulator messages,
      OpenAIClient client,
      AnthropicClient anthropic)
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

    /** The same for the provider that speaks Messages. */
    String anthropicProvider() {
      String id = "provider" + PROVIDERS.incrementAndGet();
      instance.config("lip.backend.anthropic~" + id + ".cfg", settings(messages));
      instance.await(id + " is active", tree -> Seen.active(tree, id, ""));
      return id;
    }

    /** A backend instance of its own with two keys, in front of the emulator of this backend. */
    String withTwoKeys(String backend) {
      String id = "provider" + PROVIDERS.incrementAndGet();
      boolean chat = backend.equals("openai-legacy");
      instance.config(
          "lip.backend." + (chat ? "openai.legacy~" : "anthropic~") + id + ".cfg",
          "base.url = "
              + (chat ? emulator.baseUrl() : messages.baseUrl())
              + "\napi.keys = env:UPSTREAM_KEY, env:UPSTREAM_KEY_2\n");
      instance.await(id + " is active", tree -> Seen.active(tree, id, ""));
      return id;
    }

    @Override
    public void close() {
      client.close();
      anthropic.close();
      instance.close();
      emulator.close();
      messages.close();
    }
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Parts.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return store(context).getOrComputeIfAbsent("parts", _ -> start(), Parts.class);
  }

  /** What a test has scripted and nobody asked for, must not meet the next one. */
  @Override
  public void afterEach(ExtensionContext context) {
    Parts parts = store(context).get("parts", Parts.class);
    if (parts != null) {
      parts.emulator().reset();
      parts.messages().reset();
    }
  }

  private static ExtensionContext.Store store(ExtensionContext context) {
    return context.getRoot().getStore(ExtensionContext.Namespace.create(SharedInstance.class));
  }

  private static String settings(ChatEmulator emulator) {
    return "base.url = " + emulator.baseUrl() + "\napi.keys = env:UPSTREAM_KEY\n";
  }

  private static String settings(MessagesEmulator emulator) {
    return "base.url = " + emulator.baseUrl() + "\napi.keys = env:UPSTREAM_KEY\n";
  }

  private static Parts start() {
    try {
      Path folder = Files.createTempDirectory("lip-system-");
      var emulator = ChatEmulator.start();
      var instance =
          new Instance(folder).env("UPSTREAM_KEY", KEY).env("UPSTREAM_KEY_2", SECOND_KEY);
      var messages = MessagesEmulator.start();
      instance.config("lip.backend.openai.legacy.cfg", settings(emulator));
      instance.config("lip.backend.anthropic.cfg", settings(messages));
      instance.start();
      var client =
          OpenAIOkHttpClient.builder()
              .baseUrl("http://127.0.0.1:" + instance.port() + "/v1")
              .apiKey("client-key")
              .maxRetries(0)
              .timeout(Duration.ofSeconds(30))
              .build();
      var anthropic =
          AnthropicOkHttpClient.builder()
              .baseUrl("http://127.0.0.1:" + instance.port())
              .apiKey("client-key")
              .maxRetries(0)
              .timeout(Duration.ofSeconds(30))
              .build();
      return new Parts(instance, emulator, messages, client, anthropic);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
