package lip.testing.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.ToIntFunction;
import lip.testing.benchmarks.load.Order.Route;
import lip.testing.benchmarks.upstream.Mode;
import lip.testing.system.FreePort;
import lip.testing.system.Session;
import org.jspecify.annotations.Nullable;

/** nginx as a plain proxy that buffers nothing: the measure of what must be paid. */
final class Nginx implements Target {
  private final Path work;
  private final ToIntFunction<Mode> upstream;
  private final int port = FreePort.find();
  private final Path folder;
  private @Nullable Process process;

  Nginx(Path work, ToIntFunction<Mode> upstream) {
    this.work = work;
    this.upstream = upstream;
    folder = work.resolve("nginx-" + port);
  }

  /** Whether it is there. */
  static boolean installed() {
    return !program().isEmpty();
  }

  private static String program() {
    for (String folder : (System.getenv("PATH") + ":/usr/sbin:/usr/local/sbin").split(":", -1)) {
      if (Files.isExecutable(Path.of(folder, "nginx"))) {
        return Path.of(folder, "nginx").toString();
      }
    }
    return "";
  }

  /** Takes it from the packages of the system. */
  static void install() throws IOException, InterruptedException {
    if (installed()) {
      return;
    }
    int exit =
        new ProcessBuilder("apt-get", "install", "-y", "--no-install-recommends", "nginx-light")
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.to(Path.of("/dev/stderr").toFile()))
            .start()
            .waitFor();
    if (exit != 0) {
      throw new IOException("apt-get cannot install nginx-light: exit code " + exit);
    }
  }

  @Override
  public String name() {
    return "nginx";
  }

  @Override
  public Route route(Mode mode, Pair pair) {
    return new Route(port, "/" + mode.word() + pair.client().path(), pair.client(), List.of());
  }

  @Override
  public void launch() {
    try {
      Files.createDirectories(folder.resolve("logs"));
      Files.writeString(folder.resolve("nginx.conf"), configuration());
      process =
          new ProcessBuilder(
                  Session.own(
                      List.of(
                          program(),
                          "-p",
                          folder.toString(),
                          "-c",
                          folder.resolve("nginx.conf").toString(),
                          "-g",
                          "daemon off;")))
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("output").toFile())
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String configuration() {
    var upstreams = new StringBuilder();
    var locations = new StringBuilder();
    for (Mode mode : Mode.values()) {
      upstreams.append(
          "  upstream %s { server 127.0.0.1:%d; keepalive 300; }\n"
              .formatted(mode.word(), upstream.applyAsInt(mode)));
      locations.append(
          "    location /%s/ { proxy_pass http://%s/; }\n".formatted(mode.word(), mode.word()));
    }
    return """
    worker_processes 2;
    worker_rlimit_nofile 32768;
    pid %1$s/pid;
    error_log %1$s/error.log;
    events { worker_connections 16384; }
    http {
      access_log off;
      client_max_body_size 16m;
      client_body_buffer_size 64k;
      client_body_temp_path %1$s/body;
      proxy_temp_path %1$s/proxy;
      fastcgi_temp_path %1$s/fastcgi;
      uwsgi_temp_path %1$s/uwsgi;
      scgi_temp_path %1$s/scgi;
      keepalive_requests 100000000;
      proxy_http_version 1.1;
      proxy_set_header Connection '';
      proxy_buffering off;
      proxy_read_timeout 300s;
    %2$s
      server {
        listen 127.0.0.1:%3$d backlog=8192;
    %4$s
      }
    }
    """
        .formatted(folder, upstreams, port, locations);
  }

  @Override
  public long pid() {
    return process == null ? 0 : process.pid();
  }

  @Override
  public Target another() {
    return new Nginx(work, upstream);
  }

  @Override
  public String output() {
    try {
      return Files.readString(folder.resolve("output"));
    } catch (IOException e) {
      return e.toString();
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
      if (!now.waitFor(10, TimeUnit.SECONDS)) {
        now.destroyForcibly();
      }
    } catch (InterruptedException e) {
      now.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
