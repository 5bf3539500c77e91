package lip.testing.system.parity;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import lip.testing.emulator.Answer;
import lip.testing.emulator.JsonText;
import lip.testing.emulator.JsonValue;
import lip.testing.emulator.ReceivedRequest;
import lip.testing.emulator.chat.ChatEmulator;
import lip.testing.emulator.messages.MessagesEmulator;
import lip.testing.system.Connection;
import lip.testing.system.Instance;
import lip.testing.system.PluginJars;
import lip.testing.system.Seen;
import org.jspecify.annotations.Nullable;

/**
 * An instance between clients and emulators of both dialects, with a feature that makes a new call
 * of each call for a model {@code …-touched}. Used by one thread.
 */
final class ParityInstance implements AutoCloseable {
  /** A dialect: its path, its backend. */
  enum Dialect {
    CHAT("/v1/chat/completions", "openai-legacy"),
    MESSAGES("/v1/messages", "anthropic");

    private final String path;
    private final String backend;

    Dialect(String path, String backend) {
      this.path = path;
      this.backend = backend;
    }

    /** The path of its requests. */
    String path() {
      return path;
    }

    /** The name of a model at its backend. */
    String route(String model) {
      return backend + ":" + model;
    }

    Dialect other() {
      return this == CHAT ? MESSAGES : CHAT;
    }
  }

  /**
   * What came of a request.
   *
   * @param sent the body that the provider got; null = none
   * @param status status of the client's answer
   * @param answer body of the client's answer
   */
  record Outcome(@Nullable String sent, int status, String answer) {
    /** What the provider got. */
    JsonValue upstream() {
      if (sent == null) {
        throw new AssertionError("nothing went out: " + status + " " + answer);
      }
      return Verdict.json(sent);
    }
  }

  private final ChatEmulator chat = ChatEmulator.start();
  private final MessagesEmulator messages = MessagesEmulator.start();
  private final Instance instance;
  private @Nullable Connection connection;

  ParityInstance() {
    this("");
  }

  /** One with settings of {@code lip.http.client}. */
  ParityInstance(String limits) {
    try {
      Path folder = Files.createTempDirectory("lip-parity-");
      instance = new Instance(folder);
      instance.config("lip.backend.openai.legacy.cfg", "base.url = " + chat.baseUrl() + "\n");
      instance.config("lip.backend.anthropic.cfg", "base.url = " + messages.baseUrl() + "\n");
      instance.config("lip.http.client.cfg", limits);
      instance.start();
      Path jar = new PluginJars(Files.createTempDirectory("lip-touch-")).touch("touch");
      instance.drop(jar, "touch.jar");
      instance.await("touch is active", tree -> Seen.active(tree, "touch", ""));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  int port() {
    return instance.port();
  }

  ChatEmulator chat() {
    return chat;
  }

  MessagesEmulator messages() {
    return messages;
  }

  /**
   * Sends a body.
   *
   * @param model what stands behind the name of the backend
   * @param head further header fields
   */
  Outcome send(Dialect from, Dialect to, String model, JsonValue body, Map<String, String> head) {
    String text = ((JsonValue.Obj) body).with("model", to.backend + ":" + model).toString();
    return raw(from, to, text, head);
  }

  /** Sends a text. */
  Outcome raw(Dialect from, Dialect to, String text, Map<String, String> fields) {
    chat.reset();
    messages.reset();
    return ask(from, to, text, fields);
  }

  /** Sends a body that the provider answers with an object, or with a list of events. */
  Outcome answered(Dialect from, Dialect to, String model, JsonValue body, JsonValue answer) {
    chat.reset();
    messages.reset();
    chat.script(_ -> played(to, answer));
    messages.script(_ -> played(to, answer));
    return ask(
        from,
        to,
        ((JsonValue.Obj) body).with("model", to.backend + ":" + model).toString(),
        Map.of());
  }

  /** Sends a text that the provider answers with some bytes; the others would answer as ever. */
  Outcome played(Dialect from, Dialect to, String text, Answer answer) {
    chat.reset();
    messages.reset();
    // Twice: a request whose connection broke before any answer is sent once more.
    if (to == Dialect.CHAT) {
      chat.script(_ -> answer, _ -> answer);
    } else {
      messages.script(_ -> answer, _ -> answer);
    }
    return ask(from, to, text, Map.of());
  }

  private static Answer played(Dialect dialect, JsonValue answer) {
    if (!(answer instanceof JsonValue.Arr(List<JsonValue> events))) {
      return Answer.whole(200, "application/json", answer.toString());
    }
    StringBuilder records = new StringBuilder();
    for (JsonValue event : events) {
      if (dialect == Dialect.MESSAGES) {
        records.append("event: ").append(((JsonValue.Obj) event).text("type")).append('\n');
      }
      records.append("data: ").append(event).append("\n\n");
    }
    if (dialect == Dialect.CHAT) {
      records.append("data: [DONE]\n\n");
    }
    return Answer.chunked(200, "text/event-stream").send(records.toString());
  }

  private Outcome ask(Dialect from, Dialect to, String text, Map<String, String> fields) {
    try {
      Connection open = connection == null ? new Connection(instance.port()) : connection;
      connection = open;
      Map<String, String> head = new java.util.LinkedHashMap<>(fields);
      head.put("Content-Type", "application/json");
      if (from == Dialect.MESSAGES) {
        head.putIfAbsent("anthropic-version", "2023-06-01");
      }
      int status = open.request("POST", from.path, head, text.getBytes(StandardCharsets.UTF_8));
      String answer = open.body();
      if (!open.reusable()) {
        open.close();
        connection = null;
      }
      List<ReceivedRequest> requests = to == Dialect.CHAT ? chat.requests() : messages.requests();
      return new Outcome(
          requests.isEmpty() ? null : requests.getFirst().bodyText(), status, answer);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The records of a stream, without its end mark. */
  static JsonValue.Arr records(String stream) {
    List<JsonValue> records =
        stream
            .lines()
            .filter(line -> line.startsWith("data: ") && !line.equals("data: [DONE]"))
            .map(line -> Verdict.json(line.substring("data: ".length())))
            .toList();
    return new JsonValue.Arr(records);
  }

  @Override
  public void close() {
    instance.close();
    chat.close();
    messages.close();
  }

  static JsonValue parsed(String text) {
    try {
      return JsonText.parse(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new AssertionError("no JSON: " + text, e);
    }
  }
}
