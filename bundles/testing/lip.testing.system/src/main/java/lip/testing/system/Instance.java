package lip.testing.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One instance of the distribution: its run directory, and its process while it runs. Listens on
 * free ports of 127.0.0.1 unless told otherwise.
 */
public final class Instance implements AutoCloseable {
  private static final Duration START_LIMIT = Duration.ofSeconds(90);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(60);

  private final Distribution distribution;
  private final Path dir;
  private final Map<String, String> environment = new LinkedHashMap<>();
  private final List<String> javaOptions = new ArrayList<>();
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private @Nullable Process process;
  private volatile Properties listeners = new Properties();
  private volatile String authorization = "";

  /** An instance that is not started yet, with its state in a folder. */
  public Instance(Path dir) {
    this(dir, Distribution.assembled(), List.of("-Xms64m", "-Xmx256m", "-XX:TieredStopAtLevel=1"));
  }

  /** The same of a distribution elsewhere, with these options of Java added to its own. */
  public Instance(Path dir, Distribution distribution, List<String> javaOptions) {
    this.distribution = distribution;
    this.javaOptions.addAll(javaOptions);
    this.dir = dir;
    folders();
    config("lip.server.cfg", "address = 127.0.0.1:0\n");
    config("lip.admin.cfg", "address = 127.0.0.1:0\n");
  }

  private void folders() {
    try {
      for (String folder : List.of("config", "plugins", "data", "logs")) {
        Files.createDirectories(dir.resolve(folder));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What it is an instance of. */
  public Distribution distribution() {
    return distribution;
  }

  /** Sets a variable of the process. */
  public Instance env(String name, String value) {
    environment.put(name, value);
    return this;
  }

  /** Adds an option of its Java. */
  public Instance javaOption(String option) {
    javaOptions.add(option);
    return this;
  }

  /** Runs its Java with the options that ship, which need more memory than those of the tests. */
  public Instance asShipped() {
    javaOptions.clear();
    return this;
  }

  /** Starts and waits until it listens. */
  public Instance start() {
    launch();
    Wait.until("the instance listens", START_LIMIT, this::listening, this::log);
    return this;
  }

  /** Starts without waiting. */
  public void launch() {
    try {
      Files.deleteIfExists(dir.resolve("data/listeners.properties"));
      var variables = new LinkedHashMap<>(environment);
      variables.put("LIP_JAVA_OPTS", String.join(" ", javaOptions));
      process =
          distribution.start(dir.resolve("output"), variables, "run", "--dir", dir.toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private boolean listening() {
    if (!running().isAlive()) {
      throw new IllegalStateException(
          "the process ended with " + running().exitValue() + ":\n" + log());
    }
    if (!Files.exists(dir.resolve("data/listeners.properties"))) {
      return false; // What we know is of an earlier process.
    }
    refresh();
    return port("data") != 0 && port("admin") != 0;
  }

  /** Reads the addresses again. */
  public void refresh() {
    var properties = new Properties();
    try (var reader = Files.newBufferedReader(dir.resolve("data/listeners.properties"))) {
      properties.load(reader);
    } catch (NoSuchFileException e) {
      return;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    listeners = properties;
    try {
      @Nullable String file = properties.getProperty("password.file");
      if (file != null && Files.exists(Path.of(file))) {
        String login = "admin:" + Files.readString(Path.of(file)).strip();
        authorization =
            "Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Process running() {
    Process now = process;
    if (now == null) {
      throw new IllegalStateException("not started");
    }
    return now;
  }

  private int port(String listener) {
    String address = listeners.getProperty(listener, "");
    String port = address.replaceFirst("/.*$", "");
    if (address.contains("://")) {
      port = Integer.toString(URI.create(address).getPort());
    } else {
      port = port.substring(port.lastIndexOf(':') + 1);
    }
    return port.matches("[0-9]+") ? Integer.parseInt(port) : 0;
  }

  /** Port of the data listener as last announced. */
  public int port() {
    return port("data");
  }

  /** Port of the admin listener. */
  public int adminPort() {
    return port("admin");
  }

  /** The process id. */
  public long pid() {
    return running().pid();
  }

  /** Whether the process lives. */
  public boolean alive() {
    return process != null && running().isAlive();
  }

  /** The inventory. */
  public Tree inventory() {
    var response = admin("GET", "/system/console/lip.json", "");
    if (response.statusCode() != 200) {
      throw new IllegalStateException("inventory: " + response.statusCode());
    }
    return Tree.parse(response.body());
  }

  /** A request of the administrator, with the Origin of the listener. */
  public HttpResponse<String> admin(String method, String path, String form) {
    String origin = "http://127.0.0.1:" + adminPort();
    var request =
        HttpRequest.newBuilder(URI.create(origin + path))
            .timeout(Duration.ofSeconds(30))
            .header("Authorization", authorization)
            .header("Origin", origin)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .method(method, HttpRequest.BodyPublishers.ofString(form))
            .build();
    try {
      return client.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Waits until the inventory satisfies a condition; returns how long it took, in ms. */
  public long await(String what, Predicate<Tree> condition) {
    return Wait.until(
        what,
        Duration.ofSeconds(60),
        () -> condition.test(inventory()),
        () -> admin("GET", "/system/console/lip.json", "").body() + "\n" + tail());
  }

  /** Writes a configuration file in one step. */
  public void config(String file, String text) {
    try {
      Path draft = dir.resolve("config/." + file + ".tmp");
      Files.writeString(draft, text);
      Files.move(
          draft,
          dir.resolve("config").resolve(file),
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Text of a configuration file; empty when it is not there. */
  public String config(String file) {
    try {
      return Files.readString(dir.resolve("config").resolve(file));
    } catch (NoSuchFileException e) {
      return "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Deletes a configuration file. */
  public void deleteConfig(String file) {
    delete(dir.resolve("config").resolve(file));
  }

  /** Puts a jar into plugins/ in one step. */
  public void drop(Path jar, String as) {
    try {
      Path draft = dir.resolve("plugins/." + as + ".tmp");
      Files.copy(jar, draft, StandardCopyOption.REPLACE_EXISTING);
      Files.move(
          draft,
          dir.resolve("plugins").resolve(as),
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Deletes a jar of plugins/. */
  public void remove(String jar) {
    delete(dir.resolve("plugins").resolve(jar));
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Its run directory. */
  public Path dir() {
    return dir;
  }

  /** What the process printed and logged so far. */
  public String log() {
    try {
      return Files.readString(dir.resolve("output"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String tail() {
    String all = log();
    return all.substring(Math.max(0, all.length() - 4000));
  }

  /** What {@code jcmd} says about the process. */
  public String jcmd(String command) {
    try {
      Process jcmd =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                  Long.toString(pid()),
                  command)
              .redirectErrorStream(true)
              .start();
      return new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sends SIGTERM. */
  public void terminate() {
    running().destroy();
  }

  /** Waits for the end of the process; its exit code. */
  public int awaitEnd() {
    try {
      if (!running().waitFor(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new IllegalStateException("the process does not end:\n" + jcmd("Thread.print"));
      }
      return running().exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    Process now = process;
    if (now == null) {
      return;
    }
    now.destroy();
    try {
      if (!now.waitFor(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
        now.destroyForcibly();
      }
    } catch (InterruptedException e) {
      now.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
