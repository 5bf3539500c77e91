package lip.testing.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import lip.testing.emulator.chat.ChatEmulator;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** One instance with small limits for all tests that are rude to its sockets. */
final class HostileInstance implements ParameterResolver {
  /** Path of the frontend that the tests talk to. */
  static final String CHAT = "/v1/chat/completions";

  /** The limits; a test that needs others starts an instance of its own. */
  static final String LIMITS =
      """
      address = 127.0.0.1:0
      read.header.timeout = 3s
      read.timeout = 3s
      write.timeout = 3s
      keepalive.interval = 2s
      idle.timeout = 8s
      max.header.bytes = 16KiB
      max.request.body.bytes = 1MiB
      """;

  /** The instance, and its provider {@code openai-legacy}. */
  record Target(Instance instance, ChatEmulator emulator) implements AutoCloseable {
    int port() {
      return instance.port();
    }

    /** Waits until no exchange runs and nobody holds a lease. */
    void settled() {
      instance.await(
          "no lease and no exchange is left",
          tree ->
              tree.at("exchanges").number() == 0
                  && tree.at("instances").list().stream()
                      .allMatch(one -> one.at("leases").number() == 0));
    }

    @Override
    public void close() {
      instance.close();
      emulator.close();
    }
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Target.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getRoot()
        .getStore(ExtensionContext.Namespace.create(HostileInstance.class))
        .getOrComputeIfAbsent("target", _ -> start(), Target.class);
  }

  private static Target start() {
    try {
      Path folder = Files.createTempDirectory("lip-hostile-");
      var emulator = ChatEmulator.start();
      var instance = new Instance(folder).env("UPSTREAM_KEY", SharedInstance.KEY);
      instance.config("lip.server.cfg", LIMITS);
      instance.config(
          "lip.backend.openai.legacy.cfg",
          "base.url = " + emulator.baseUrl() + "\napi.keys = env:UPSTREAM_KEY\n");
      instance.start();
      return new Target(instance, emulator);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
