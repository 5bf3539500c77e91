package lip.testing.emulator.chat;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;

/** A plain HTTP client for tests. */
final class Client {
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final ChatEmulator emulator;

  Client(ChatEmulator emulator) {
    this.emulator = emulator;
  }

  HttpResponse<String> chat(String body) throws IOException, InterruptedException {
    return HTTP.send(post(body), HttpResponse.BodyHandlers.ofString());
  }

  /** The answer of a model, streamed. */
  HttpResponse<String> stream(String model) throws IOException, InterruptedException {
    return chat(streaming(model));
  }

  CompletableFuture<HttpResponse<String>> streamLater(String model) {
    return HTTP.sendAsync(post(streaming(model)), HttpResponse.BodyHandlers.ofString());
  }

  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(emulator.baseUrl().resolve(path)).build();
    return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
  }

  private static String streaming(String model) {
    return "{\"model\":\"%s\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}"
        .formatted(model);
  }

  private HttpRequest post(String body) {
    return HttpRequest.newBuilder(emulator.baseUrl().resolve("/v1/chat/completions"))
        .header("Content-Type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofString(body))
        .build();
  }
}
