package lip.testing.system.readme;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Runs commands as somebody at a terminal would, with a Maven repository of their own.
 *
 * @param folder working folder
 * @param repository local Maven repository, empty at first
 * @param logs where output is written
 */
record Shell(Path folder, Path repository, Path logs) {
  /** How a command ended and what it printed. */
  record Result(int exit, String output) {}

  /** Starts commands; the shell stops at the first that fails. */
  Process start(String name, String commands) throws IOException {
    Files.createDirectories(logs);
    var builder = new ProcessBuilder("sh", "-euc", commands).directory(folder.toFile());
    var environment = builder.environment();
    environment.remove("LIP_HOME");
    environment.remove("LIP_CONFIG");
    environment.remove("MAVEN_ARGS");
    environment.put("JAVA_HOME", System.getProperty("java.home"));
    environment.put("MAVEN_OPTS", "-Dmaven.repo.local=" + repository);
    return builder.redirectErrorStream(true).redirectOutput(log(name).toFile()).start();
  }

  /** Runs commands to their end. */
  Result run(String name, String commands, Duration limit)
      throws IOException, InterruptedException {
    Process process = start(name, commands);
    try {
      if (!process.waitFor(limit.toSeconds(), TimeUnit.SECONDS)) {
        throw new AssertionError("still running: " + commands + "\n" + output(name));
      }
      return new Result(process.exitValue(), output(name));
    } finally {
      end(process);
    }
  }

  String output(String name) throws IOException {
    return Files.readString(log(name));
  }

  /** Ends a process and what it has started. */
  static void end(Process process) throws InterruptedException {
    var children = process.descendants().toList();
    process.destroy();
    children.forEach(ProcessHandle::destroy);
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
    children.forEach(ProcessHandle::destroyForcibly);
  }

  private Path log(String name) {
    return logs.resolve(name + ".log");
  }
}
