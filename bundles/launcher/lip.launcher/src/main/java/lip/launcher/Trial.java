package lip.launcher;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The command {@code try}: one streamed chat, its text printed as it comes. */
final class Trial {
  private static final String URL = "http://127.0.0.1:8080";
  private static final String DATA = "data:";

  private final Listeners listeners;
  private final PrintStream out;
  private final PrintStream err;

  Trial(Listeners listeners, PrintStream out, PrintStream err) {
    this.listeners = listeners;
    this.out = out;
    this.err = err;
  }

  int run(Command.Try command) throws StartFailure, IOException, InterruptedException {
    String url = command.url() == null ? listeners.get(Listeners.DATA).orElse(URL) : command.url();
    String model =
        command.model() == null
            ? listeners.get(Listeners.MODEL).orElse(StartMessage.MODEL)
            : command.model();
    HttpRequest request =
        HttpRequest.newBuilder(address(url))
            .header("Content-Type", "application/json")
            .header("Accept", "text/event-stream")
            .POST(BodyPublishers.ofString(Json.chat(model, command.text())))
            .build();
    try (HttpClient client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build()) {
      HttpResponse<InputStream> response = client.send(request, BodyHandlers.ofInputStream());
      try (var body =
          new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
        return response.statusCode() == 200 ? print(body) : refused(response.statusCode(), body);
      }
    } catch (ConnectException e) {
      throw new StartFailure(
          Exit.FAILED, "nothing listens on " + url + "; start an instance with: lip run", e);
    }
  }

  private static URI address(String url) {
    try {
      return URI.create(url.replaceAll("/+$", "") + "/v1/chat/completions");
    } catch (IllegalArgumentException e) {
      throw new UsageError("lip try: " + url + " is no URL: " + Reasons.of(e));
    }
  }

  private int print(BufferedReader body) throws IOException {
    boolean done = false;
    try {
      for (String line = body.readLine(); line != null && !done; line = body.readLine()) {
        if (!line.startsWith(DATA)) {
          continue; // an empty line, a comment, an event name
        }
        String data = line.substring(DATA.length()).strip();
        done = data.equals("[DONE]");
        if (!done && !chunk(Json.read(data))) {
          return Exit.FAILED;
        }
      }
    } catch (IOException e) {
      return broken(Reasons.of(e));
    }
    out.println();
    return done ? Exit.DONE : broken("it ended without its last record");
  }

  private boolean chunk(@Nullable Object chunk) {
    if (Json.at(chunk, "error") != null) {
      String message = Json.text(chunk, "error", "message");
      out.println();
      err.println("lip try: the stream failed: " + (message == null ? "no reason given" : message));
      return false;
    }
    for (String part : new String[] {"content", "refusal"}) {
      String text = Json.text(chunk, "choices", 0, "delta", part);
      if (text != null) {
        out.print(text);
      }
    }
    String tool = Json.text(chunk, "choices", 0, "delta", "tool_calls", 0, "function", "name");
    if (tool != null) {
      out.print("[calls the tool " + tool + "]");
    }
    out.flush();
    return true;
  }

  private int broken(String reason) {
    err.println("lip try: the stream broke off: " + reason);
    return Exit.FAILED;
  }

  private int refused(int status, BufferedReader body) throws IOException {
    var text = new char[4096];
    int length = body.read(text);
    String answer = length <= 0 ? "" : new String(text, 0, length).strip();
    String message = null;
    try {
      message = Json.text(Json.read(answer), "error", "message");
    } catch (IOException e) {
      // not JSON: the text itself is the message
    }
    err.println("lip try: status " + status + ": " + (message == null ? answer : message));
    return Exit.FAILED;
  }
}
