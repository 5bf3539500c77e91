package lip.testing.emulator.messages;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import lip.testing.emulator.Answer;

/** The built-in behaviours: the name of the model chooses one. */
final class MessagesModels {
  private static final Pattern ERROR = Pattern.compile("error-([45]\\d\\d)");

  private final Duration delay;
  private final SequencedMap<String, MessagesScript> scripts = new LinkedHashMap<>();

  MessagesModels(Duration delay) {
    this.delay = delay;
    scripts.put("echo", this::echo);
    scripts.put("tools", request -> called(request, 1));
    scripts.put("tools-parallel", request -> called(request, 2));
    scripts.put("thinking", this::thinking);
    scripts.put("redacted", fixed(() -> reply().redacted("AAAA").text("Done.")));
    scripts.put("cited", fixed(() -> reply().text("So: ").cited("it is.", "is")));
    scripts.put("refusal", fixed(() -> reply().text("I cannot do that.").stop("refusal", null)));
    scripts.put("length", fixed(() -> reply().text("This answer is cut").stop("max_tokens", null)));
    scripts.put("stop", fixed(() -> reply().text("Up to here").stop("stop_sequence", "END")));
    scripts.put("empty", fixed(this::reply));
    scripts.put("cached", fixed(() -> reply().text("a").usage(3, 20, 10, 7)));
    scripts.put("error-429", MessagesFailure.of(429));
    scripts.put("error-529", MessagesFailure.of(529));
    scripts.put(
        "error-context",
        MessagesFailure.of(
            400, "invalid_request_error", "prompt is too long: 210000 tokens > 200000 maximum"));
    scripts.put(
        "error-inband",
        fixed(() -> reply().text("Half an ", "answer").failure(MessagesFailure.of(529))));
    scripts.put("error-first", fixed(() -> reply().failure(MessagesFailure.of(529))));
    scripts.put("no-end", fixed(() -> reply().text("Half an answer").noEnd()));
    scripts.put(
        "reset",
        new MessagesReply()
            .text("Half an ", "answer ", "and ", "no end")
            .wire(a -> a.resetAfter((int) a.bodyLength() / 2)));
    scripts.put("stall-body", fixed(() -> reply().text("Half an answer").stall()));
    scripts.put(
        "html", _ -> Answer.whole(200, "text/html", "<html><body>Bad gateway</body></html>"));
    scripts.put("crlf", fixed(() -> reply().text("Line ", "ends").lineEnd("\r\n")));
    scripts.put("comments", fixed(() -> reply().text("With ", "comments").comments("keepalive")));
    scripts.put(
        "split",
        fixed(() -> new MessagesReply().text("Cut évery", "where 😀")).wire(a -> a.splitEvery(1)));
    scripts.put("never-streams", new MessagesReply().text("All at once").neverStreamed());
  }

  Set<String> names() {
    return scripts.keySet();
  }

  MessagesScript of(String model) {
    Matcher error = ERROR.matcher(model);
    if (error.matches()) {
      return MessagesFailure.of(Integer.parseInt(error.group(1)));
    }
    MessagesScript script = scripts.get(model);
    return script != null ? script : this::echo;
  }

  private MessagesReply reply() {
    return new MessagesReply().delay(delay);
  }

  private static MessagesScript fixed(Supplier<MessagesReply> reply) {
    return request -> reply.get().answer(request);
  }

  private Answer echo(MessagesRequest request) {
    String said = request.lastText().orElse("nothing");
    String text = (request.afterTools() ? "The tool said: " : "You said: ") + said;
    String[] words = text.split("(?<= )", -1);
    return reply().text(words).usage(words.length, 0, 0, words.length).answer(request);
  }

  /** Thinks before it calls the first tool, and before it answers. */
  private Answer thinking(MessagesRequest request) {
    if (request.tools().isEmpty() || request.afterTools()) {
      return reply().thinking("Let me ", "think.").text("Thought ", "about it.").answer(request);
    }
    return reply()
        .thinking("A tool ", "will help.")
        .toolUse("toolu_" + request.number(), request.tools().getFirst(), "{\"city\":", "\"Rome\"}")
        .answer(request);
  }

  /** Calls the first tools offered; after their results, tells what they said. */
  private Answer called(MessagesRequest request, int count) {
    if (request.afterTools()) {
      return echo(request);
    }
    List<String> names = new ArrayList<>(request.tools());
    if (names.isEmpty()) {
      names.add("weather");
    }
    MessagesReply reply = reply();
    for (int i = 0; i < count; i++) {
      reply.toolUse(
          "toolu_" + request.number() + "_" + (i + 1),
          names.get(i % names.size()),
          "{\"city\":",
          " \"Rome\"}");
    }
    return reply.answer(request);
  }
}
