package lip.launcher;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;

/** The command {@code run}: one instance in one run directory. */
final class Server {
  private final Folders folders;
  private final PrintStream out;
  private final PrintStream err;

  Server(Folders folders, PrintStream out, PrintStream err) {
    this.folders = folders;
    this.out = out;
    this.err = err;
  }

  int run() throws StartFailure, IOException, InterruptedException {
    folders.create();
    folders.refuseForeignWriters();
    String version = Main.version();
    var announcements =
        new Announcements(
            folders, new StartMessage(folders, version, StartMessage.called(folders)), out, err);
    try (var _ = DataLock.take(folders.data())) {
      Files.deleteIfExists(folders.listeners());
      var platform =
          new Platform(
              FrameworkProperties.serving(folders, version),
              new SystemBundles(
                  folders.system(), folders.data().resolve("system-bundles.properties")),
              announcements,
              err);
      stopOnSignal(platform);
      try {
        return platform.run();
      } finally {
        Files.deleteIfExists(folders.listeners());
      }
    }
  }

  private static void stopOnSignal(Platform platform) {
    if (Signals.handle(platform::stop)) {
      return;
    }
    Thread hook =
        new Thread(
            () -> {
              platform.stop();
              try {
                platform.awaitDown();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            },
            "lip-shutdown");
    Runtime.getRuntime().addShutdownHook(hook);
  }
}
