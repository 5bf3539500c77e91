package lip.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** The handshake, with bundles in the place of the core. */
class ServerTest {
  @TempDir Path home;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @BeforeEach
  void systemFolder() throws Exception {
    Files.createDirectory(home.resolve("system"));
  }

  private int lip(String... words) {
    return new Main(
            Map.of("LIP_HOME", home.toString()),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8))
        .run(List.of(words));
  }

  private void install(Class<? extends BundleActivator> activator) throws Exception {
    TestBundle.write(home.resolve("system/4/core.jar"), "core", activator);
  }

  /** Announces both listeners one after the other, and stops when the test has looked. */
  public static final class Listening implements BundleActivator {
    @Override
    @SuppressWarnings("unchecked")
    public void start(BundleContext context) throws Exception {
      var launcher =
          context.getServiceReferences(Consumer.class, "(lip.launcher=announce)").iterator().next();
      var ear = (Consumer<Map<String, String>>) context.getService(launcher);
      ear.accept(Map.of("data", "http://127.0.0.1:4711"));
      ear.accept(Map.of("admin", "http://127.0.0.1:4712", "password.file", "/x/admin-password"));
      Path stop = Path.of(context.getProperty("lip.data.dir"), "looked");
      Thread.ofPlatform()
          .start(() -> {
            while (!Files.exists(stop)) {
              Thread.onSpinWait();
            }
            ear.accept(Map.of("exit", "0"));
          });
    }

    @Override
    public void stop(BundleContext context) {}
  }

  /** Meets a problem that ends the process. */
  public static final class Failing implements BundleActivator {
    @Override
    @SuppressWarnings("unchecked")
    public void start(BundleContext context) throws Exception {
      var launcher =
          context.getServiceReferences(Consumer.class, "(lip.launcher=announce)").iterator().next();
      ((Consumer<Map<String, String>>) context.getService(launcher))
          .accept(Map.of("fatal", "127.0.0.1:8080: address in use; set address", "exit", "1"));
    }

    @Override
    public void stop(BundleContext context) {}
  }

  /** Checks a configuration: says what it was told, and that it is wrong. */
  public static final class Checking implements BundleActivator {
    @Override
    @SuppressWarnings("unchecked")
    public void start(BundleContext context) throws Exception {
      var launcher =
          context.getServiceReferences(Consumer.class, "(lip.launcher=announce)").iterator().next();
      String told =
          String.join(
              " ",
              context.getProperty("lip.command"),
              context.getProperty("lip.check.dir"),
              context.getProperty("lip.check.strict"),
              context.getProperty("lip.check.json"));
      ((Consumer<Map<String, String>>) context.getService(launcher))
          .accept(Map.of("fatal", told, "exit", "78"));
    }

    @Override
    public void stop(BundleContext context) {}
  }

  @Test
  void theStartMessageComesWithTheAddressesAndTheFileGoesAtTheStop() throws Exception {
    install(Listening.class);
    Path addresses = home.resolve("data/listeners.properties");
    var exit = CompletableFuture.supplyAsync(() -> lip("run"));
    await().untilAsserted(() -> assertThat(output()).contains("second terminal"));
    assertThat(output())
        .contains("listening on http://127.0.0.1:4711")
        .contains("http://127.0.0.1:4712/system/console")
        .contains("/x/admin-password")
        .contains(home.resolve("plugins").toString())
        .contains(home.resolve("config").toString())
        .contains("bin/lip try \"hello\"")
        .contains("curl -N http://127.0.0.1:4711/v1/chat/completions");
    assertThat(Listeners.read(addresses).orElseThrow().values())
        .containsEntry("data", "http://127.0.0.1:4711")
        .containsEntry("admin", "http://127.0.0.1:4712")
        .containsEntry("pid", Long.toString(ProcessHandle.current().pid()));
    Files.createFile(home.resolve("data/looked"));
    assertThat(exit.join()).isZero();
    assertThat(addresses).doesNotExist();
  }

  @Test
  void aFatalProblemIsOneLineAndItsExitCode() throws Exception {
    install(Failing.class);
    assertThat(lip("run")).isEqualTo(1);
    assertThat(errors()).isEqualTo("lip: 127.0.0.1:8080: address in use; set address");
    assertThat(output()).isEmpty();
  }

  @Test
  void checkConfigHandsOnWhatWasAskedAndTheVerdict() throws Exception {
    install(Checking.class);
    Path folder = Files.createDirectory(home.resolve("other"));
    assertThat(lip("check-config", folder.toString(), "--strict")).isEqualTo(78);
    assertThat(errors()).isEqualTo("lip: check-config " + folder + " true false");
    assertThat(home.resolve("data")).doesNotExist();
  }

  private String output() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private String errors() {
    return err.toString(StandardCharsets.UTF_8).strip();
  }
}
