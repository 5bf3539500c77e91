package lip.testing.emulator.chat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import lip.testing.emulator.Answer;
import lip.testing.emulator.JsonValue;
import org.jspecify.annotations.Nullable;

/** The built-in behaviours: the name of the model chooses one. */
final class ChatModels {
  /** What any unknown name does. */
  static final String ECHO = "echo";

  private static final Pattern ERROR = Pattern.compile("error-([45]\\d\\d)");
  private static final int HUGE_PIECE = 1_000_000;

  private final Duration delay;
  private final SequencedMap<String, ChatScript> scripts = new LinkedHashMap<>();

  ChatModels(Duration delay) {
    this.delay = delay;
    scripts.put(ECHO, this::echo);
    tools();
    contents();
    failures();
    breaks();
    forms();
  }

  /** Names for the list of models. */
  Set<String> names() {
    return scripts.keySet();
  }

  /** The behaviour of a model. */
  ChatScript of(String model) {
    Matcher error = ERROR.matcher(model);
    if (error.matches()) {
      return ChatFailure.of(Integer.parseInt(error.group(1)));
    }
    ChatScript script = scripts.get(model);
    return script != null ? script : this::echo;
  }

  private void tools() {
    scripts.put("tools", request -> called(request, 1));
    scripts.put("tools-parallel", request -> called(request, 2));
    scripts.put("tools-whole", whole("call_1", true));
    scripts.put("tools-no-id", whole(null, true));
    scripts.put("tools-no-index", whole("call_1", false));
    scripts.put(
        "tools-broken", fixed(() -> reply().toolCall("call_1", "weather", "{\"city\": \"Ro")));
  }

  private void contents() {
    scripts.put(
        "reasoning",
        fixed(() -> reply().reasoning("Let me ", "think.").text("Thought ", "about it.")));
    scripts.put(
        "reasoning-field",
        fixed(() ->
            reply().reasoningField("reasoning").reasoning("Let me ", "think.").text("Done.")));
    scripts.put("refusal", fixed(() -> reply().refusal("I cannot ", "help with that.")));
    scripts.put("length", fixed(() -> reply().text("This answer is cut").finish("length")));
    scripts.put("content-filter", fixed(() -> reply().text("This").finish("content_filter")));
    scripts.put("empty", fixed(this::reply));
  }

  private void failures() {
    scripts.put("error-429", ChatFailure.of(429));
    scripts.put("error-500", ChatFailure.of(500));
    scripts.put("error-context", ChatFailure.contextTooLong());
    scripts.put(
        "error-inband",
        fixed(() ->
            reply()
                .text("Half an ", "answer")
                .failure("server_error", null, "Overloaded, try again.")));
    scripts.put(
        "error-first",
        fixed(() -> reply().failure("server_error", null, "Overloaded, try again.")));
    scripts.put(
        "error-as-200",
        _ -> Answer.whole(200, "application/json", ChatFailure.of(500).envelope().toString()));
    scripts.put(
        "html", _ -> Answer.whole(200, "text/html", "<html><body>Bad gateway</body></html>"));
    scripts.put("bad-json", fixed(() -> reply().text("Half").data("{\"choices\":[{\"delta\"")));
  }

  private void breaks() {
    ChatReply broken = new ChatReply().text("Half an ", "answer ", "and ", "no end");
    scripts.put("truncate", broken.wire(a -> a.cutAfter((int) a.bodyLength() / 2)));
    scripts.put("reset", broken.wire(a -> a.resetAfter((int) a.bodyLength() / 2)));
    scripts.put("reset-first", broken.wire(Answer::resetBeforeHead));
    scripts.put("no-finish", fixed(() -> reply().text("Half an answer").noFinish().noDone()));
    scripts.put("no-done", fixed(() -> reply().text("A whole answer").noDone()));
    scripts.put("stall", broken.wire(Answer::stallBeforeHead));
    scripts.put("stall-body", fixed(() -> reply().text("Half an answer").stall()));
    scripts.put("bad-length", broken.wire(a -> a.declareLength(a.bodyLength() + 100)));
    scripts.put("huge", this::huge);
  }

  private void forms() {
    scripts.put("crlf", fixed(() -> reply().text("Line ", "ends").lineEnd("\r\n")));
    scripts.put("cr", fixed(() -> reply().text("Line ", "ends").lineEnd("\r")));
    scripts.put("comments", fixed(() -> reply().text("With ", "comments").comments("PROCESSING")));
    scripts.put("data-lines", fixed(() -> reply().text("Several ", "lines").severalDataLines()));
    scripts.put(
        "split",
        fixed(() -> new ChatReply().text("Cut évery", "where 😀")).wire(a -> a.splitEvery(1)));
    scripts.put(
        "drip",
        fixed(() -> new ChatReply().text("Slow")).wire(a -> a.drip(8, Duration.ofMillis(5))));
    scripts.put(
        "usage-every-chunk",
        fixed(() -> reply().text("a ", "b ", "c").usageAt(ChatReply.UsagePlace.EVERY_CHUNK)));
    scripts.put(
        "usage-finish", fixed(() -> reply().text("a").usageAt(ChatReply.UsagePlace.FINISH_CHUNK)));
    scripts.put("usage-none", fixed(() -> reply().text("a").usageAt(ChatReply.UsagePlace.NOWHERE)));
    scripts.put("never-streams", new ChatReply().text("All at once").neverStreamed());
  }

  private ChatReply reply() {
    return new ChatReply().delay(delay);
  }

  private static ChatScript fixed(Supplier<ChatReply> reply) {
    return request -> reply.get().answer(request);
  }

  private Answer echo(ChatRequest request) {
    String said = request.lastText(request.afterTools() ? "tool" : "user").orElse("nothing");
    String text = (request.afterTools() ? "The tool said: " : "You said: ") + said;
    String[] words = text.split("(?<= )", -1);
    return reply().text(words).usage(words(request), words.length).answer(request);
  }

  private static long words(ChatRequest request) {
    return request.messages().stream()
        .mapToLong(message -> ChatRequest.textOf(message.get("content")).split("\\s+").length)
        .sum();
  }

  /** Calls the first tools offered; after their results, tells what they said. */
  private Answer called(ChatRequest request, int count) {
    if (request.afterTools()) {
      return echo(request);
    }
    List<String> names = new ArrayList<>(request.tools());
    if (names.isEmpty()) {
      names.add("weather");
    }
    ChatReply reply = reply();
    Map<Integer, String> started = new LinkedHashMap<>();
    for (int i = 0; i < count; i++) {
      String name = names.get(i % names.size());
      reply.callStart("call_" + request.number() + "_" + (i + 1), name);
      started.put(i, name);
    }
    // Fragments of parallel calls arrive in turn.
    for (String piece : List.of("{\"city\":", " \"Rome\"}")) {
      started.keySet().forEach(index -> reply.callArguments(index, piece));
    }
    return reply.answer(request);
  }

  private ChatScript whole(@Nullable String id, boolean index) {
    return request -> {
      if (request.afterTools()) {
        return echo(request);
      }
      String name = request.tools().isEmpty() ? "weather" : request.tools().getFirst();
      ChatReply reply = reply().wholeToolCall(id, name, "{\"city\": \"Rome\"}");
      return (index ? reply : reply.noCallIndex()).answer(request);
    };
  }

  /** One event of 100 MB. */
  private Answer huge(ChatRequest request) {
    String chunk = ChatFrames.chunk(request, JsonValue.object("content", "%"), null).toString();
    int middle = chunk.indexOf('%');
    return Answer.chunked(200, "text/event-stream")
        .send("data: " + chunk.substring(0, middle))
        .repeat("x".repeat(HUGE_PIECE), 100)
        .send(chunk.substring(middle + 1) + "\n\ndata: [DONE]\n\n");
  }
}
