package lip.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that talk to a running instance, against a scripted one. */
class TrialTest {
  @TempDir Path home;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final AtomicReference<String> asked = new AtomicReference<>();
  private final AtomicReference<String> authorization = new AtomicReference<>();
  private volatile int status = 200;
  private volatile String answer = "";
  private HttpServer server;
  private String url;

  @BeforeEach
  void start() throws IOException {
    Files.createDirectory(home.resolve("system"));
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          asked.set(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          authorization.set(exchange.getRequestHeaders().getFirst("Authorization"));
          byte[] body = answer.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(status, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    url = "http://127.0.0.1:" + server.getAddress().getPort();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private int lip(String... words) {
    return new Main(
            Map.of("LIP_HOME", home.toString()),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8))
        .run(List.of(words));
  }

  private String output() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private String errors() {
    return err.toString(StandardCharsets.UTF_8);
  }

  private static String delta(String text) {
    return "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"" + text + "\"}}]}\n\n";
  }

  @Test
  void printsTheTextAsItComes() {
    answer = ": keep-alive\n\n" + delta("hel") + delta("lo") + "data: [DONE]\n\n";
    assertThat(lip("try", "--url", url + "/", "say \"hello\"")).isZero();
    assertThat(output()).isEqualTo("hello" + System.lineSeparator());
    assertThat(asked.get())
        .contains("\"model\":\"local-stub:stub-echo\"")
        .contains("\"stream\":true")
        .contains("say \\\"hello\\\"");
  }

  @Test
  void anErrorInTheStreamIsAFailure() {
    answer = delta("hel") + "data: {\"error\":{\"message\":\"upstream went away\"}}\n\n";
    assertThat(lip("try", "--url", url, "hello")).isEqualTo(1);
    assertThat(errors()).contains("upstream went away");
  }

  @Test
  void aStreamWithoutItsEndIsAFailure() {
    answer = delta("hel");
    assertThat(lip("try", "--url", url, "hello")).isEqualTo(1);
    assertThat(errors()).contains("broke off");
  }

  @Test
  void aRefusalIsShown() {
    status = 404;
    answer = "{\"error\":{\"message\":\"no such model\"}}";
    assertThat(lip("try", "--url", url, "--model", "m", "hello")).isEqualTo(1);
    assertThat(errors()).contains("status 404: no such model");
  }

  @Test
  void nobodyThere() {
    server.stop(0);
    assertThat(lip("try", "--url", url, "hello")).isEqualTo(1);
    assertThat(errors()).contains("nothing listens on " + url);
  }

  @Test
  void theInventoryIsATableOrTheJsonItself() throws IOException {
    Files.createDirectories(home.resolve("data"));
    Path secrets = Files.createDirectories(home.resolve("config/secrets"));
    Files.writeString(secrets.resolve("admin-password"), "pass word\n");
    new Listeners(Map.of("admin", url, "pid", Long.toString(ProcessHandle.current().pid())))
        .write(home.resolve("data/listeners.properties"));
    answer =
        "{\"generation\":7,\"kinds\":[{\"id\":\"a\",\"state\":\"active\"},{\"id\":\"long\",\"leases\":2}]}";
    assertThat(lip("inventory")).isZero();
    assertThat(output().lines().map(line -> line.strip().replaceAll(" +", " ")))
        .containsExactly("generation 7", "", "kinds", "id state leases", "a active -", "long - 2");
    assertThat(authorization.get()).startsWith("Basic ").doesNotContain("pass");
    out.reset();
    assertThat(lip("inventory", "--json")).isZero();
    assertThat(output().strip()).isEqualTo(answer);
    status = 401;
    assertThat(lip("inventory")).isEqualTo(1);
    assertThat(errors()).contains("refused the password of").doesNotContain("pass word");
  }
}
