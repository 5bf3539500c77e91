package lip.testing.emulator;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What a test in another process does to an emulator, by requests below {@code /emulator/} that are
 * kept nowhere: scripts answers, asks what came and how it ended.
 */
public final class Control {
  /** Begin of the paths. */
  static final String PATH = "/emulator/";

  private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

  private final Consumer<ScriptedAnswer> scripts;
  private final Runnable reset;

  /** With what takes a script, and what forgets scripts and exchanges. */
  public Control(Consumer<ScriptedAnswer> scripts, Runnable reset) {
    this.scripts = scripts;
    this.reset = reset;
  }

  static boolean isAsked(ReceivedRequest request) {
    return request.path().startsWith(PATH);
  }

  /** The answer to such a request; empty = any other request. */
  public Optional<Answer> answer(ReceivedRequest request, List<Exchange> exchanges) {
    if (!isAsked(request)) {
      return Optional.empty();
    }
    String what = request.path().substring(PATH.length());
    try {
      return Optional.of(
          switch (request.method() + " " + what) {
            case "POST scripts" -> scripts(request);
            case "POST reset" -> {
              reset.run();
              yield json(JsonValue.object());
            }
            case "GET exchanges" ->
                json(JsonValue.of(exchanges.stream().map(Control::told).toList()));
            case "GET ending" -> ending(exchanges);
            default -> Answer.whole(404, "text/plain", "scripts, reset, exchanges, ending\n");
          });
    } catch (IOException | Illegal e) {
      return Optional.of(Answer.whole(400, "text/plain", e + "\n"));
    }
  }

  private Answer scripts(ReceivedRequest request) throws IOException {
    List<ScriptedAnswer> answers = new ArrayList<>();
    if (JsonText.parse(request.body()) instanceof JsonValue.Arr(List<JsonValue> elements)) {
      for (JsonValue element : elements) {
        Shape.OBJECT.check("", element);
        answers.add(ScriptedAnswer.of((JsonValue.Obj) element));
      }
    } else {
      throw new Illegal("", "an array of answers is needed");
    }
    answers.forEach(scripts);
    return json(JsonValue.object("scripts", answers.size()));
  }

  /** Waits until the last answer is over. */
  private static Answer ending(List<Exchange> exchanges) {
    try {
      Ending ending =
          exchanges.isEmpty() ? Ending.RUNNING : exchanges.getLast().awaitEnding(LONGEST_WAIT);
      return json(JsonValue.object("ending", ending.name()));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return Answer.whole(503, "text/plain", "the emulator is being closed\n");
    }
  }

  private static JsonValue told(Exchange exchange) {
    ReceivedRequest request = exchange.request();
    return JsonValue.object(
        "method",
        request.method(),
        "target",
        request.target(),
        "headers",
        JsonValue.of(
            request.headers().stream()
                .map(header -> JsonValue.array(header.name(), header.value()))
                .toList()),
        "body",
        request.bodyText(),
        "status",
        exchange.status(),
        "ending",
        exchange.ending().name());
  }

  private static Answer json(JsonValue body) {
    return Answer.whole(200, "application/json", body.toString());
  }
}
