package lip.testing.benchmarks;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;
import lip.testing.benchmarks.load.Order.Route;

/** Calls a target again and again until it answers with 200 for the first time. */
final class FirstCall {
  private static final long LIMIT = 90_000_000_000L;
  private static final long STEP = 5_000_000;

  private FirstCall() {}

  /** Starts a target and waits; returns the milliseconds from its start to the answer. */
  static double start(Target target, Route route, String body) throws IOException {
    byte[] json = Files.readAllBytes(Path.of(body));
    long start = System.nanoTime();
    target.launch();
    while (!answers(route, json)) {
      if (System.nanoTime() - start > LIMIT) {
        throw new IllegalStateException(
            target.name() + " does not answer with 200:\n" + target.output());
      }
      LockSupport.parkNanos(STEP);
    }
    return (System.nanoTime() - start) / 1e6;
  }

  private static boolean answers(Route route, byte[] json) {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), route.port())) {
      socket.setSoTimeout(10_000);
      var head = new StringBuilder("POST " + route.path() + " HTTP/1.1\r\nHost: 127.0.0.1\r\n");
      route.headers().forEach(header -> head.append(header).append("\r\n"));
      head.append("Content-Type: application/json\r\nConnection: close\r\nContent-Length: ");
      head.append(json.length).append("\r\n\r\n");
      var out = socket.getOutputStream();
      out.write(head.toString().getBytes(ISO_8859_1));
      out.write(json);
      out.flush();
      String status = new String(socket.getInputStream().readNBytes(12), ISO_8859_1);
      return status.endsWith(" 200");
    } catch (IOException e) {
      return false; // Not listening yet.
    }
  }
}
