package lip.launcher;

import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The command {@code cache}: trains the JVM on this installation, so that later starts find classes
 * parsed and code profiled. Starts an instance of its own in a temporary folder, talks to it as its
 * own provider, and keeps what the JVM writes at its end. The file fits one JDK and these jars;
 * {@code bin/lip} passes it to the JVM, which ignores one that does not fit.
 */
final class StartCache {
  private static final Duration START = Duration.ofMinutes(2);
  private static final Duration END = Duration.ofMinutes(3);

  private final Path home;
  private final PrintStream out;

  StartCache(Path home, PrintStream out) {
    this.home = home;
    this.out = out;
  }

  /** The file that {@code bin/lip} looks for. */
  static Path file(Path home) {
    return home.resolve("lib").resolve("lip.aot");
  }

  int make() throws StartFailure, IOException, InterruptedException {
    Path file = file(home);
    Path made = file.resolveSibling("lip.aot.new");
    Path run = Files.createTempDirectory("lip-cache");
    try {
      int port = configure(run);
      Process instance = start(run, made);
      try {
        train(port, instance, run);
      } finally {
        instance.destroy();
        if (!instance.waitFor(END.toSeconds(), TimeUnit.SECONDS)) {
          instance.destroyForcibly();
        }
      }
      if (!Files.isRegularFile(made)) {
        throw failure("the JVM wrote no cache", run);
      }
      Files.move(made, file, StandardCopyOption.REPLACE_EXISTING);
      out.println("lip: " + file + ", " + (Files.size(file) >> 20) + " MB");
      return Exit.DONE;
    } finally {
      Files.deleteIfExists(made);
      delete(run);
    }
  }

  private static int configure(Path run) throws IOException {
    int port;
    try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    Path config = Files.createDirectories(run.resolve("config"));
    String address = "127.0.0.1:" + port;
    Files.writeString(config.resolve("lip.server.cfg"), "address = " + address + "\n");
    Files.writeString(config.resolve("lip.admin.cfg"), "address = 127.0.0.1:0\n");
    String provider = "models = local-stub:stub-echo\nbase.url = http://" + address;
    Files.writeString(config.resolve("lip.backend.openai.legacy~chat.cfg"), provider + "/v1\n");
    Files.writeString(config.resolve("lip.backend.anthropic~messages.cfg"), provider + "\n");
    return port;
  }

  private Process start(Path run, Path made) throws IOException {
    var builder =
        new ProcessBuilder(
            home.resolve("bin").resolve("lip").toString(), "run", "--dir", run.toString());
    builder.environment().put("LIP_HOME", home.toString());
    builder.environment().put("LIP_JAVA_OPTS", "-XX:AOTCacheOutput=" + made);
    builder.environment().remove("LIP_CONFIG");
    builder.redirectErrorStream(true).redirectOutput(run.resolve("log").toFile());
    return builder.start();
  }

  private static void train(int port, Process instance, Path run)
      throws StartFailure, IOException, InterruptedException {
    var folders = new Folders(run, run, run.resolve("config"));
    long end = System.nanoTime() + START.toNanos();
    while (Listeners.read(folders.listeners()).isEmpty()) {
      if (System.nanoTime() > end || instance.waitFor(100, TimeUnit.MILLISECONDS)) {
        throw failure("the instance did not start", run);
      }
    }
    try {
      Training.run(URI.create("http://127.0.0.1:" + port));
    } catch (IOException e) {
      throw failure(String.valueOf(e.getMessage()), run);
    }
  }

  private static StartFailure failure(String what, Path run) throws IOException {
    Path log = run.resolve("log");
    List<String> lines = Files.exists(log) ? Files.readAllLines(log) : List.of();
    String last = String.join("\n", lines.subList(Math.max(0, lines.size() - 5), lines.size()));
    return new StartFailure(Exit.FAILED, what + (last.isEmpty() ? "" : ":\n" + last));
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
