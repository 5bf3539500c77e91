package lip.testing.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The assembled distribution, run by its own script.
 *
 * @param home the folder that ships
 */
public record Distribution(Path home) {

  /** The distribution that the build names by the system property {@code lip.distribution}. */
  public static Distribution assembled() {
    return new Distribution(
        Path.of(System.getProperty("lip.distribution", "")).toAbsolutePath().normalize());
  }

  /**
   * Starts {@code bin/lip}; standard output and error go to a file.
   *
   * @param output where what it prints is written
   * @param words command and options
   * @return the process, already running
   */
  public Process start(Path output, String... words) throws IOException {
    var command = new ArrayList<String>();
    command.add(home.resolve("bin").resolve("lip").toString());
    command.addAll(List.of(words));
    var builder = new ProcessBuilder(command);
    builder.environment().remove("LIP_HOME");
    builder.environment().remove("LIP_CONFIG");
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    return builder.redirectErrorStream(true).redirectOutput(output.toFile()).start();
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
