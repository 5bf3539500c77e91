package lip.testing.emulator.chat;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicLong;
import lip.testing.emulator.Answer;
import lip.testing.emulator.Control;
import lip.testing.emulator.Exchange;
import lip.testing.emulator.Illegal;
import lip.testing.emulator.JsonText;
import lip.testing.emulator.JsonValue;
import lip.testing.emulator.ReceivedRequest;
import lip.testing.emulator.Shape;
import lip.testing.emulator.WireServer;
import org.jspecify.annotations.Nullable;

/**
 * An OpenAI Chat Completions server on a loopback port.
 *
 * <pre>{@code
 * try (ChatEmulator emulator = ChatEmulator.start()) {
 *   emulator.script(new ChatReply().text("Hel", "lo"));
 *   ... // call emulator.baseUrl()
 *   assertThat(emulator.lastRequest().bodyText()).contains("\"model\"");
 * }
 * }</pre>
 *
 * <p>Every request is checked first; an illegal one gets a 400 that names the field and takes no
 * script. Legal ones take the scripts in order; when there is none, the name of the model chooses a
 * built-in behaviour. Any thread.
 */
public final class ChatEmulator implements AutoCloseable {
  private final ChatSettings settings;
  private final ChatModels models;
  private final Deque<ChatScript> scripts = new ConcurrentLinkedDeque<>();
  private final AtomicLong legal = new AtomicLong();
  private final Control control = new Control(a -> script(new ScriptedChat(a)), this::reset);
  private final WireServer server;
  private volatile @Nullable ChatScript otherwise;

  private ChatEmulator(ChatSettings settings) {
    this.settings = settings;
    models = new ChatModels(settings.delay());
    server = WireServer.start(settings.port(), this::answer);
  }

  /** Starts on any free port of 127.0.0.1, without key and delay, strict. */
  public static ChatEmulator start() {
    return start(ChatSettings.DEFAULT);
  }

  /**
   * Starts.
   *
   * @throws java.io.UncheckedIOException when the port cannot be had
   */
  public static ChatEmulator start(ChatSettings settings) {
    return new ChatEmulator(settings);
  }

  /** The port. */
  public int port() {
    return server.port();
  }

  /** What clients take as base URL, such as {@code http://127.0.0.1:4010/v1}. */
  public URI baseUrl() {
    return URI.create("http://127.0.0.1:" + port() + "/v1");
  }

  /** Answers the next legal requests, one script each. */
  public ChatEmulator script(ChatScript... next) {
    scripts.addAll(List.of(next));
    return this;
  }

  /** Answers all legal requests that find no script. */
  public ChatEmulator otherwise(ChatScript script) {
    otherwise = script;
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

  /** The last request. */
  public ReceivedRequest lastRequest() {
    return server.exchanges().getLast().request();
  }

  /** All requests and what became of their answers. */
  public List<Exchange> exchanges() {
    return server.exchanges();
  }

  /** How many connections clients hold open. */
  public int openConnections() {
    return server.openConnections();
  }

  /** Forgets the exchanges that are over, for who runs long. */
  public void forgetEnded() {
    server.forgetEnded();
  }

  /** Forgets requests and scripts. */
  public void reset() {
    server.forget();
    scripts.clear();
    otherwise = null;
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
      return ChatFailure.of(401).answer();
    }
    String path = request.path();
    if (path.endsWith("/chat/completions")) {
      return request.method().equals("POST") ? chat(request) : wrongMethod("POST");
    }
    int models = path.indexOf("/models");
    if (models < 0) {
      return ChatFailure.of(404, "invalid_request_error", "unknown_url", "Unknown path.").answer();
    }
    return request.method().equals("GET")
        ? models(path.substring(models + "/models".length()))
        : wrongMethod("GET");
  }

  private Answer chat(ReceivedRequest request) {
    try {
      String type = request.header("Content-Type").orElse("");
      Shape.need(type.startsWith("application/json"), "", "Content-Type must be application/json");
      JsonValue.Obj body = parse(request);
      ChatRules.check(body, settings.tolerant());
      ChatRequest chat = new ChatRequest(legal.incrementAndGet(), request, body);
      return script(chat.model()).answer(chat);
    } catch (Illegal e) {
      @Nullable String param = e.param().isEmpty() ? null : e.param();
      return new ChatFailure(400, "invalid_request_error", null, param, e.message(), null).answer();
    }
  }

  private ChatScript script(String model) {
    ChatScript next = scripts.poll();
    ChatScript always = otherwise;
    return next != null ? next : always != null ? always : models.of(model);
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

  private Answer models(String rest) {
    if (rest.isEmpty()) {
      List<JsonValue.Obj> list = models.names().stream().map(ChatEmulator::model).toList();
      return json(JsonValue.object("object", "list", "data", list));
    }
    Optional<String> known = models.names().stream().filter(rest.substring(1)::equals).findFirst();
    return known.isPresent() ? json(model(known.get())) : ChatFailure.of(404).answer();
  }

  private static JsonValue.Obj model(String name) {
    return JsonValue.object(
        "id", name, "object", "model", "created", 1_767_225_600L, "owned_by", "emulator");
  }

  private static Answer json(JsonValue body) {
    return Answer.whole(200, "application/json", body.toString());
  }

  private static Answer wrongMethod(String allowed) {
    return ChatFailure.of(405, "invalid_request_error", null, "Use " + allowed + ".")
        .answer()
        .header("Allow", allowed);
  }

  private boolean authorized(ReceivedRequest request) {
    if (settings.key() == null) {
      return true;
    }
    byte[] expected = ("Bearer " + settings.key()).getBytes(StandardCharsets.UTF_8);
    byte[] given = request.header("Authorization").orElse("").getBytes(StandardCharsets.UTF_8);
    return MessageDigest.isEqual(expected, given);
  }
}
