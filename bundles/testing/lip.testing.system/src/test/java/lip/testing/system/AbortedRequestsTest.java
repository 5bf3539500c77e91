package lip.testing.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Clients that vanish, a thousand times: no thread, socket or lease stays behind. */
@Tag("system")
class AbortedRequestsTest {
  private static final int EACH = 500;

  @TempDir Path folder;

  @Test
  @Timeout(180)
  void nothingStaysBehind() throws Exception {
    try (var instance = new Instance(folder)) {
      instance.start();
      abort(instance, 50);
      settled(instance);
      long threads = threads(instance);
      long sockets = sockets(instance);

      abort(instance, EACH);

      settled(instance);
      await()
          .atMost(Duration.ofSeconds(60))
          .untilAsserted(() -> {
            assertThat(sockets(instance)).isLessThanOrEqualTo(sockets + 4);
            assertThat(threads(instance)).isLessThanOrEqualTo(threads + 8);
          });
      try (var connection = new Connection(instance.port())) {
        assertThat(
                connection.post(
                    "/v1/chat/completions",
                    "application/json",
                    BadInputTest.chat("local-stub:stub-echo")))
            .isEqualTo(200);
        assertThat(connection.body()).contains("[DONE]");
      }
    }
  }

  /** So many requests given up in mid-stream, and as many uploads given up half way. */
  private static void abort(Instance instance, int count) throws InterruptedException {
    var done = new AtomicInteger();
    try (var threads = Executors.newFixedThreadPool(16)) {
      for (int i = 0; i < count; i++) {
        var _ =
            threads.submit(() -> {
              request(instance);
              done.incrementAndGet();
              return null;
            });
        var _ =
            threads.submit(() -> {
              upload(instance);
              done.incrementAndGet();
              return null;
            });
      }
    }
    assertThat(done).hasValue(count * 2);
  }

  private static void request(Instance instance) throws IOException {
    try (var connection = new Connection(instance.port())) {
      connection.post(
          "/v1/chat/completions",
          "application/json",
          BadInputTest.chat("local-stub:stub-slow-50ms-1000"));
      connection.next();
      connection.abort();
    }
  }

  private static void upload(Instance instance) throws IOException {
    try (var connection = new Connection(instance.port())) {
      connection.write(
          ("POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\n"
                  + "Content-Type: application/json\r\nContent-Length: 1000000\r\n\r\n{\"model\":")
              .getBytes(StandardCharsets.US_ASCII));
      connection.abort();
    }
  }

  private static void settled(Instance instance) {
    instance.await(
        "no lease and no exchange is left",
        tree ->
            tree.at("exchanges").number() == 0
                && tree.at("instances").list().stream()
                    .allMatch(one -> one.at("leases").number() == 0));
  }

  private static long threads(Instance instance) {
    return instance.jcmd("Thread.print").lines().filter(line -> line.startsWith("\"")).count();
  }

  private static long sockets(Instance instance) throws IOException {
    Path descriptors = Path.of("/proc", Long.toString(instance.pid()), "fd");
    if (!Files.isDirectory(descriptors)) {
      return 0;
    }
    try (Stream<Path> open = Files.list(descriptors)) {
      return open.filter(AbortedRequestsTest::isSocket).count();
    }
  }

  private static boolean isSocket(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString().startsWith("socket:");
    } catch (IOException e) {
      return false; // closed meanwhile
    }
  }
}
