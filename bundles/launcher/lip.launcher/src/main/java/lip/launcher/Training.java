package lip.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Everyday traffic for an instance that talks to itself: each pair of dialects, whole answers and
 * streams, short questions and the long conversations of agents, one after the other and many at
 * once. What the JVM has not seen here it compiles anew, and often twice, while the first users
 * wait.
 */
final class Training {
  /** How a call is answered: by the stub itself, or over one of the instance's own dialects. */
  private static final List<String> ROUTES = List.of("", "chat:", "messages:");

  private static final int CLIENTS = 16;
  private static final Duration LIMIT = Duration.ofMinutes(1);

  /** What one connection asks for, so often; enough for the code of a call to be profiled. */
  private enum Shape {
    ALONE(1, 200, "stub-echo"),
    MANY(CLIENTS, 300, "stub-echo"),
    LARGE(CLIENTS, 60, "stub-echo"),
    BURST(CLIENTS, 20, "stub-words-200"),
    PACED(CLIENTS, 3, "stub-slow-20ms-40"),
    LEFT(CLIENTS, 2, "stub-stall-3");

    private final int connections;
    private final int times;
    private final String model;

    Shape(int connections, int times, String model) {
      this.connections = connections;
      this.times = times;
      this.model = model;
    }
  }

  private final URI address;
  private final HttpClient client;

  private Training(URI address, HttpClient client) {
    this.address = address;
    this.client = client;
  }

  /** Talks to an instance; an answer that is no success ends it. */
  static void run(URI address) throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Training training = new Training(address, client);
      for (Shape shape : Shape.values()) {
        training.all(shape, threads);
      }
    }
  }

  private void all(Shape shape, ExecutorService threads) throws IOException, InterruptedException {
    Callable<Void> same = () -> connection(shape);
    for (Future<Void> connection :
        threads.invokeAll(Collections.nCopies(shape.connections, same))) {
      try {
        connection.get();
      } catch (ExecutionException e) {
        throw new IOException(e.getMessage(), e);
      }
    }
  }

  private Void connection(Shape shape) throws IOException, InterruptedException {
    for (int i = 0; i < shape.times; i++) {
      for (TrainingBodies dialect : TrainingBodies.values()) {
        for (String route : ROUTES) {
          call(shape, dialect, route, i % 2 == 0);
        }
      }
    }
    return null;
  }

  private void call(Shape shape, TrainingBodies dialect, String route, boolean streamed)
      throws IOException, InterruptedException {
    String model = "local-stub:" + shape.model;
    String body =
        switch (shape) {
          case ALONE, MANY -> dialect.small(model, streamed);
          case LARGE -> dialect.large(model, streamed);
          case BURST, PACED, LEFT -> dialect.small(model, true);
        };
    HttpRequest request =
        HttpRequest.newBuilder(address.resolve(dialect.path()))
            .header("Content-Type", "application/json")
            .timeout(LIMIT)
            // A backend that is named here and not there is an error, never another one.
            .header("X-LIP-Route", route + model)
            .POST(BodyPublishers.ofString(body))
            .build();
    HttpResponse<InputStream> answer = client.send(request, BodyHandlers.ofInputStream());
    try (InputStream content = answer.body()) {
      if (answer.statusCode() != 200) {
        throw new IOException(
            "a call of the training was answered with "
                + answer.statusCode()
                + ": "
                + route
                + model);
      }
      if (shape == Shape.LEFT) {
        content.read();
      } else {
        content.transferTo(OutputStream.nullOutputStream());
      }
    }
  }
}
