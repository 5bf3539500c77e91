package lip.testing.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import lip.testing.system.Session;
import org.jspecify.annotations.Nullable;

/** A program of this module in a small JVM of its own; we talk to it in lines. */
final class OwnJvm implements AutoCloseable {
  private static final String ENDED = "\0ended";

  private final Process process;
  private final Writer orders;
  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

  OwnJvm(Class<?> main, Path errors) throws IOException {
    process =
        new ProcessBuilder(
                Session.own(
                    List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-Xms64m",
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        main.getName())))
            .redirectError(errors.toFile())
            .start();
    orders = process.outputWriter(UTF_8);
    Thread.ofPlatform().daemon().start(this::listen);
  }

  private void listen() {
    try (var reader = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        lines.add(line);
      }
    } catch (IOException e) {
      lines.add(ENDED + " " + e);
    }
    lines.add(ENDED);
  }

  /** Gives an order and waits for its answer. */
  String ask(String order) throws InterruptedException {
    try {
      orders.write(order + "\n");
      orders.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    String answer = next(180_000);
    if (answer == null) {
      throw new IllegalStateException("no answer to " + order);
    }
    return answer;
  }

  /** The next line; null when there is none within the time. */
  @Nullable String next(long millis) throws InterruptedException {
    String line = lines.poll(millis, TimeUnit.MILLISECONDS);
    if (line != null && line.startsWith(ENDED)) {
      throw new IllegalStateException("a process of the benchmark ended" + line.substring(6));
    }
    return line;
  }

  /** Forgets what came and was not asked for. */
  void forget() {
    lines.removeIf(line -> !line.startsWith(ENDED));
  }

  @Override
  public void close() {
    process.destroy();
  }
}
