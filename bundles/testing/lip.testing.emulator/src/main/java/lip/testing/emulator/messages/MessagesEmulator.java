package lip.testing.emulator.messages;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicLong;
import lip.testing.emulator.Answer;
import lip.testing.emulator.Control;
import lip.testing.emulator.Exchange;
import lip.testing.emulator.Illegal;
import lip.testing.emulator.JsonText;
import lip.testing.emulator.JsonValue;
import lip.testing.emulator.ReceivedRequest;
import lip.testing.emulator.WireServer;
import org.jspecify.annotations.Nullable;

/**
 * An Anthropic Messages server on a loopback port.
 *
 * <pre>{@code
 * try (MessagesEmulator emulator = MessagesEmulator.start()) {
 *   emulator.script(new MessagesReply().text("Hel", "lo"));
 *   ... // call emulator.baseUrl()
 *   assertThat(emulator.lastRequest().bodyText()).contains("\"model\"");
 * }
 * }</pre>
 *
 * <p>Every request is checked first; an illegal one gets a 400 that names the field and takes no
 * script. Legal ones take the scripts in order; when there is none, the name of the model chooses a
 * built-in behaviour. Any thread.
 */
public final class MessagesEmulator implements AutoCloseable {
  private final MessagesSettings settings;
  private final MessagesModels models;
  private final Deque<MessagesScript> scripts = new ConcurrentLinkedDeque<>();
  private final AtomicLong legal = new AtomicLong();
  private final Control control = new Control(a -> script(new ScriptedMessage(a)), this::reset);
  private final WireServer server;

  private MessagesEmulator(MessagesSettings settings) {
    this.settings = settings;
    models = new MessagesModels(settings.delay());
    server = WireServer.start(settings.port(), this::answer);
  }

  /** Starts on any free port of 127.0.0.1, without key and delay, strict. */
  public static MessagesEmulator start() {
    return start(MessagesSettings.DEFAULT);
  }

  /**
   * Starts.
   *
   * @throws java.io.UncheckedIOException when the port cannot be had
   */
  public static MessagesEmulator start(MessagesSettings settings) {
    return new MessagesEmulator(settings);
  }

  /** What clients take as base URL, such as {@code http://127.0.0.1:4010}. */
  public URI baseUrl() {
    return URI.create("http://127.0.0.1:" + server.port());
  }

  /** Answers the next legal requests, one script each. */
  public MessagesEmulator script(MessagesScript... next) {
    scripts.addAll(List.of(next));
    return this;
  }

  /** How many scripts have not been taken yet. */
  public int scriptsLeft() {
    return scripts.size();
  }

  /** All requests so far, illegal ones too. */
  public List<ReceivedRequest> requests() {
    return server.exchanges().stream().map(Exchange::request).toList();
  }

  /** The last request for an answer. */
  public ReceivedRequest lastRequest() {
    return requests().reversed().stream()
        .filter(request -> request.path().endsWith("/messages"))
        .findFirst()
        .orElseThrow();
  }

  /** All requests and what became of their answers. */
  public List<Exchange> exchanges() {
    return server.exchanges();
  }

  /** Forgets requests and scripts. */
  public void reset() {
    server.forget();
    scripts.clear();
  }

  /** Stops at once; answers being played are cut off. */
  @Override
  public void close() {
    server.close();
  }

  private Answer answer(ReceivedRequest request) {
    return control.answer(request, server.exchanges()).orElseGet(() -> protocol(request));
  }

  private Answer protocol(ReceivedRequest request) {
    if (!authorized(request)) {
      return MessagesFailure.of(401).answer();
    }
    String path = request.path();
    String method = request.method();
    if (path.endsWith("/v1/messages")) {
      return method.equals("POST") ? messages(request) : wrongMethod("POST");
    }
    if (path.endsWith("/v1/messages/count_tokens")) {
      return method.equals("POST") ? count(request) : wrongMethod("POST");
    }
    if (path.endsWith("/v1/models")) {
      return method.equals("GET") ? models() : wrongMethod("GET");
    }
    return MessagesFailure.of(404, "not_found_error", "Not found").answer();
  }

  private Answer messages(ReceivedRequest request) {
    try {
      String type = request.header("Content-Type").orElse("");
      if (!type.startsWith("application/json")) {
        throw new Illegal("", "Content-Type must be application/json");
      }
      JsonValue.Obj body = parse(request);
      MessagesRules.check(request, body, settings.tolerant());
      MessagesRequest message = new MessagesRequest(legal.incrementAndGet(), request, body);
      MessagesScript next = scripts.poll();
      return (next == null ? models.of(message.model()) : next).answer(message);
    } catch (Illegal e) {
      return MessagesFailure.of(400, "invalid_request_error", e.message()).answer();
    }
  }

  /** Counts the words of the whole request; models named after errors fail here too. */
  private Answer count(ReceivedRequest request) {
    try {
      JsonValue.Obj body = parse(request);
      MessagesRules.checkCount(request, body, settings.tolerant());
      MessagesRequest message = new MessagesRequest(legal.incrementAndGet(), request, body);
      if (models.of(message.model()) instanceof MessagesFailure failure) {
        return failure.answer(message);
      }
      long words = request.bodyText().split("\\W+").length;
      return Answer.whole(
          200, "application/json", JsonValue.object("input_tokens", words).toString());
    } catch (Illegal e) {
      return MessagesFailure.of(400, "invalid_request_error", e.message()).answer();
    }
  }

  private static JsonValue.Obj parse(ReceivedRequest request) {
    try {
      if (JsonText.parse(request.body()) instanceof JsonValue.Obj body) {
        return body;
      }
    } catch (IOException e) {
      throw new Illegal("", "the body is not valid JSON: " + e.getMessage());
    }
    throw new Illegal("", "the body must be a JSON object");
  }

  private Answer models() {
    List<JsonValue.Obj> list =
        models.names().stream()
            .map(name ->
                JsonValue.object(
                    "type",
                    "model",
                    "id",
                    name,
                    "display_name",
                    name,
                    "created_at",
                    "2026-01-01T00:00:00Z"))
            .toList();
    JsonValue body =
        JsonValue.object(
            "data",
            list,
            "has_more",
            false,
            "first_id",
            list.getFirst().text("id"),
            "last_id",
            list.getLast().text("id"));
    return Answer.whole(200, "application/json", body.toString());
  }

  private static Answer wrongMethod(String allowed) {
    return MessagesFailure.of(405, "invalid_request_error", "Use " + allowed + ".")
        .answer()
        .header("Allow", allowed);
  }

  /** The newer version takes every key as bearer. */
  private boolean authorized(ReceivedRequest request) {
    String key = settings.key();
    if (key == null) {
      return true;
    }
    @Nullable String bearer = request.header("Authorization").orElse(null);
    boolean newest = request.header("anthropic-version").orElse("").equals(MessagesRules.NEW);
    return same("Bearer " + key, bearer)
        || (!newest && same(key, request.header("x-api-key").orElse(null)));
  }

  private static boolean same(String expected, @Nullable String given) {
    return given != null
        && MessageDigest.isEqual(
            expected.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
  }
}
