package lip.testing.inframework;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.jar.JarInputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import lip.testing.system.Distribution;
import lip.testing.system.Tree;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.jspecify.annotations.Nullable;
import org.ops4j.pax.exam.CoreOptions;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.TestContainer;
import org.ops4j.pax.exam.nat.internal.NativeTestContainer;
import org.ops4j.pax.exam.spi.PaxExamRuntime;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;

/** The running bundles of the distribution, with a run directory of their own. */
final class Platform implements AutoCloseable {
  private static final int LAST_LEVEL = 7;
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final Path dir;
  private final TestContainer container;
  private final BundleContext context;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private Platform(Path dir, TestContainer container) {
    this.dir = dir;
    this.container = container;
    this.context = ((NativeTestContainer) container).getSystemBundle().getBundleContext();
  }

  /** Starts, and waits until both listeners are open and the stub answers. */
  static Platform start() {
    try {
      Path dir = Files.createTempDirectory("lip-inframework-");
      for (String folder : List.of("config", "plugins", "data", "logs")) {
        Files.createDirectories(dir.resolve(folder));
      }
      Files.writeString(dir.resolve("config/lip.server.cfg"), "address = 127.0.0.1:0\n");
      Files.writeString(dir.resolve("config/lip.admin.cfg"), "address = 127.0.0.1:0\n");
      Option[] options = options(Distribution.assembled().home(), dir).toArray(Option[]::new);
      TestContainer container =
          PaxExamRuntime.createContainer(PaxExamRuntime.createServerSystem(options));
      container.start();
      Platform platform = new Platform(dir, container);
      platform.awaitReady();
      return platform;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void awaitReady() {
    await("both listeners are open")
        .until(() -> portOrZero("data") != 0 && portOrZero("admin") != 0);
    await("the stub answers").until(() -> ask("local-stub:stub-default").status() == 200);
  }

  private static List<Option> options(Path home, Path dir) throws IOException {
    List<Option> options = new ArrayList<>();
    for (int level = 1; level <= LAST_LEVEL; level++) {
      Path folder = home.resolve("system").resolve(Integer.toString(level));
      if (Files.isDirectory(folder)) {
        try (Stream<Path> jars = Files.list(folder)) {
          for (Path jar : jars.filter(one -> one.toString().endsWith(".jar")).sorted().toList()) {
            options.add(
                CoreOptions.bundle("reference:" + jar.toUri())
                    .startLevel(level)
                    .start(!isFragment(jar)));
          }
        }
      }
    }
    properties(home, dir)
        .forEach((name, value) -> options.add(CoreOptions.frameworkProperty(name).value(value)));
    options.add(CoreOptions.frameworkStartLevel(LAST_LEVEL));
    options.add(CoreOptions.systemTimeout(LIMIT.toMillis()));
    return options;
  }

  private static boolean isFragment(Path jar) throws IOException {
    try (InputStream in = Files.newInputStream(jar);
        JarInputStream file = new JarInputStream(in)) {
      Manifest manifest = file.getManifest();
      return manifest != null
          && manifest.getMainAttributes().getValue(Constants.FRAGMENT_HOST) != null;
    }
  }

  /** What the launcher would tell the framework: asked, so that both never differ. */
  private static Map<String, String> properties(Path home, Path dir) {
    try {
      Class<?> folders = Class.forName("lip.launcher.Folders");
      Method of = folders.getDeclaredMethod("of", Path.class, Path.class, Path.class);
      of.setAccessible(true);
      Method serving =
          Class.forName("lip.launcher.FrameworkProperties")
              .getDeclaredMethod("serving", folders, String.class);
      serving.setAccessible(true);
      Map<String, String> properties = new java.util.HashMap<>();
      ((Map<?, ?>) serving.invoke(null, of.invoke(null, home, dir, null), "test"))
          .forEach((name, value) -> properties.put(name.toString(), value.toString()));
      return properties;
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("the launcher has changed its properties", e);
    }
  }

  /** Waits for what follows; long enough for a busy machine. */
  static ConditionFactory await(String what) {
    return Awaitility.await(what)
        .atMost(LIMIT)
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(50));
  }

  /** Context of the framework itself. */
  BundleContext context() {
    return context;
  }

  /** The bundles but the framework. */
  List<Bundle> bundles() {
    return Arrays.stream(context.getBundles()).filter(one -> one.getBundleId() != 0).toList();
  }

  /** The only bundle of a name. */
  Bundle bundle(String name) {
    List<Bundle> found =
        bundles().stream().filter(one -> name.equals(one.getSymbolicName())).toList();
    if (found.size() != 1) {
      throw new IllegalStateException(found.size() + " bundles " + name);
    }
    return found.getFirst();
  }

  /** Services of a type, whoever is wired to it. */
  List<ServiceReference<?>> references(String type, @Nullable String filter) {
    try {
      ServiceReference<?>[] found = context.getAllServiceReferences(type, filter);
      return found == null ? List.of() : List.of(found);
    } catch (InvalidSyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Service objects of a type. */
  List<Remote> services(String type) {
    return references(type, null).stream().map(this::service).toList();
  }

  private Remote service(ServiceReference<?> reference) {
    return new Remote(
        Objects.requireNonNull(context.getService(reference), () -> "no service " + reference));
  }

  /** The only service of a type. */
  Remote service(String type) {
    List<Remote> found = services(type);
    if (found.size() != 1) {
      throw new IllegalStateException(found.size() + " services " + type);
    }
    return found.getFirst();
  }

  /** The inventory now. */
  Remote inventory() {
    return service("lip.core.gateway.Inventory").remote("view");
  }

  /** States of the instances of an id; more than one while an old one drains. */
  List<String> states(String id) {
    return inventory().list("instances").stream()
        .filter(one -> one.text("id").equals(id))
        .map(one -> one.text("state"))
        .toList();
  }

  /** A configuration file; empty when it is not there. */
  String config(String file) {
    try {
      Path path = dir.resolve("config").resolve(file);
      return Files.exists(path) ? Files.readString(path) : "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Port of a listener as the HTTP service says it. */
  int port(String listener) {
    int port = portOrZero(listener);
    if (port == 0) {
      throw new IllegalStateException("no listener " + listener);
    }
    return port;
  }

  private int portOrZero(String listener) {
    return runtimes(listener).stream()
        .flatMap(one -> endpoints(one.getProperty("osgi.http.endpoint")))
        .mapToInt(one -> URI.create(one).getPort())
        .filter(port -> port > 0)
        .findFirst()
        .orElse(0);
  }

  /** The HTTP services of a listener. */
  List<ServiceReference<?>> runtimes(String listener) {
    return references(
        "org.osgi.service.servlet.runtime.HttpServiceRuntime", "(lip.port=" + listener + ")");
  }

  private static Stream<String> endpoints(@Nullable Object value) {
    return switch (value) {
      case String one -> Stream.of(one);
      case String[] several -> Arrays.stream(several);
      case Collection<?> several -> several.stream().map(Object::toString);
      case null, default -> Stream.empty();
    };
  }

  /**
   * What a model answered.
   *
   * @param status HTTP status
   * @param text text of the assistant; the whole body of an error
   */
  record Answer(int status, String text) {}

  /** Asks a model through the data listener. */
  Answer ask(String model) {
    String body =
        "{\"model\": \"%s\", \"messages\": [{\"role\": \"user\", \"content\": \"hello\"}]}"
            .formatted(model);
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + port("data") + "/v1/chat/completions"))
            .timeout(LIMIT)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    try {
      HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
      String text =
          answer.statusCode() == 200
              ? Tree.parse(answer.body())
                  .at("choices")
                  .list()
                  .getFirst()
                  .at("message")
                  .at("content")
                  .text()
              : answer.body();
      return new Answer(answer.statusCode(), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    client.close();
    container.stop();
  }
}
