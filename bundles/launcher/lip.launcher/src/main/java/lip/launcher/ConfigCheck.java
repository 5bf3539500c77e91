package lip.launcher;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The command {@code check-config}: a framework of its own in a scratch folder, beside a running
 * instance. A bundle does the check, prints its findings and announces the exit code.
 */
final class ConfigCheck {
  private static final long BOUND_SECONDS = 120;

  private final Folders folders;
  private final PrintStream out;
  private final PrintStream err;

  ConfigCheck(Folders folders, PrintStream out, PrintStream err) {
    this.folders = folders;
    this.out = out;
    this.err = err;
  }

  int run(Command.CheckConfig command) throws StartFailure, IOException, InterruptedException {
    if (!Files.isDirectory(folders.config())) {
      throw new UsageError("lip: configuration folder not found: " + folders.config());
    }
    Path scratch = Files.createTempDirectory("lip-check");
    try {
      String version = Main.version();
      var announcements =
          new Announcements(
              folders, new StartMessage(folders, version, StartMessage.called(folders)), out, err);
      var _ = announcements.end().completeOnTimeout(-1, BOUND_SECONDS, TimeUnit.SECONDS);
      var platform =
          new Platform(
              FrameworkProperties.checking(folders, scratch, version, command),
              new SystemBundles(folders.system(), scratch.resolve("system-bundles.properties")),
              announcements,
              err);
      stopOnSignal(platform);
      int exit = platform.run();
      if (exit < 0) {
        throw new StartFailure(
            Exit.FAILED, "no bundle of this distribution checked the configuration");
      }
      return exit;
    } finally {
      delete(scratch);
    }
  }

  private static void stopOnSignal(Platform platform) {
    Signals.handle(platform::stop);
  }

  private static void delete(Path folder) throws IOException {
    List<Path> all;
    try (Stream<Path> walk = Files.walk(folder)) {
      all = walk.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : all) {
      Files.deleteIfExists(path);
    }
  }
}
