package lip.testing.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The assembled distribution, run by its own script.
 *
 * @param home the folder that ships
 * @param inSession whether its processes get a {@linkplain Session session of their own}
 */
public record Distribution(Path home, boolean inSession) {
  /** As a child of this process, in its session. */
  public Distribution(Path home) {
    this(home, false);
  }

  /** The same, its processes in sessions of their own. */
  public Distribution ownSession() {
    return new Distribution(home, true);
  }

  /**
   * The distribution that the build names by the system property {@code lip.distribution}, else the
   * one that was assembled in the checkout around the working directory.
   */
  public static Distribution assembled() {
    String named = System.getProperty("lip.distribution");
    if (named != null) {
      return new Distribution(Path.of(named).toAbsolutePath().normalize());
    }
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      Path target = at.resolve("distribution/standard/target");
      if (Files.isDirectory(target)) {
        return in(target);
      }
    }
    throw new IllegalStateException("the distribution is not assembled: run ./lip build");
  }

  private static Distribution in(Path target) {
    try (Stream<Path> folders = Files.list(target)) {
      return folders
          .filter(folder -> Files.isExecutable(folder.resolve("bin/lip")))
          .findFirst()
          .map(Distribution::new)
          .orElseThrow(() -> new IllegalStateException("nothing is assembled in " + target));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A jar in {@code system/}, by the start of its file name. */
  public Path systemJar(String start) {
    try (Stream<Path> files = Files.walk(home.resolve("system"))) {
      return files
          .filter(file -> file.getFileName().toString().startsWith(start))
          .findFirst()
          .orElseThrow(() -> new IllegalStateException("no jar " + start + "* in system/"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Starts {@code bin/lip}; standard output and error go to a file.
   *
   * @param output where what it prints is written
   * @param words command and options
   * @return the process, already running
   */
  public Process start(Path output, String... words) throws IOException {
    return start(output, Map.of(), words);
  }

  /**
   * The same with variables; those that would make it another instance, or give it a key of a
   * provider, are taken away first.
   */
  public Process start(Path output, Map<String, String> variables, String... words)
      throws IOException {
    var command = new ArrayList<String>();
    command.add(home.resolve("bin").resolve("lip").toString());
    command.addAll(List.of(words));
    var builder = new ProcessBuilder(inSession ? Session.own(command) : command);
    builder
        .environment()
        .keySet()
        .removeIf(name -> name.startsWith("LIP_") || name.contains("_API_KEY"));
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().putAll(variables);
    return builder
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()))
        .start();
  }

  /** Runs a command to its end. */
  public Result run(Path output, String... words) throws IOException, InterruptedException {
    Process process = start(output, words);
    if (!process.waitFor(2, TimeUnit.MINUTES)) {
      process.destroyForcibly();
      throw new IllegalStateException("still running: " + String.join(" ", words));
    }
    return new Result(process.exitValue(), Files.readString(output));
  }

  /** How a command ended, and what it printed. */
  public record Result(int exit, String output) {}
}
