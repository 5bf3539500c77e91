package lip.testing.benchmarks.load;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The process. {@code run ORDER} carries an order out; {@code hold ORDER} leaves its streams open,
 * {@code look} tells whether they are, {@code drop} closes them and tells when it began to.
 */
public final class LoadMain {
  private @Nullable Run held;

  private LoadMain() {}

  /** Takes orders until its standard input ends. */
  public static void main(String[] arguments) throws IOException {
    var main = new LoadMain();
    var orders = new BufferedReader(new InputStreamReader(System.in, UTF_8));
    for (String line = orders.readLine(); line != null; line = orders.readLine()) {
      System.out.println(main.obey(line));
    }
  }

  private String obey(String line) throws IOException {
    int at = line.indexOf('\t');
    String word = at < 0 ? line : line.substring(0, at);
    return switch (word) {
      case "run" -> {
        Order order = Order.parse(line.substring(at + 1));
        try (var run = new Run(order, request(order))) {
          yield run.carryOut().line();
        }
      }
      case "hold" -> {
        Order order = Order.parse(line.substring(at + 1));
        var run = new Run(order, request(order));
        held = run;
        yield run.carryOut().line();
      }
      case "look" -> held == null ? "nothing" : held.stillOpen().line();
      case "drop" -> {
        long now = System.nanoTime();
        if (held != null) {
          held.close();
          held = null;
        }
        yield "dropped " + now;
      }
      default -> throw new IllegalArgumentException("no order: " + line);
    };
  }

  private static byte[] request(Order order) throws IOException {
    byte[] body = Files.readAllBytes(Path.of(order.body()));
    var head = new StringBuilder();
    head.append("POST ").append(order.path()).append(" HTTP/1.1\r\nHost: 127.0.0.1:");
    head.append(order.port()).append("\r\nContent-Type: application/json\r\n");
    order.headers().forEach(header -> head.append(header).append("\r\n"));
    head.append("Content-Length: ").append(body.length).append("\r\n\r\n");
    var request = new ByteArrayOutputStream();
    request.write(head.toString().getBytes(ISO_8859_1));
    request.write(body);
    return request.toByteArray();
  }
}
