package lip.backend.openai.legacy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import lip.api.failure.UpstreamFailure;
import lip.sdk.Instance;
import lip.sdk.backend.ModelInfo;
import lip.sdk.http.Headers;
import lip.sdk.upstream.Reply;
import lip.sdk.upstream.Request;
import lip.sdk.upstream.Upstream;
import lip.support.json.JsonKind;
import lip.support.json.JsonReader;
import lip.support.json.MalformedJson;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The models: those configured, or what the server said last. It is asked on a thread of its own,
 * never on a request's.
 */
final class Inventory {
  private static final Logger LOG = LoggerFactory.getLogger(Inventory.class);
  private static final int MOST_BYTES = 8 * 1024 * 1024;
  private static final int MOST_MODELS = 10_000;
  private static final Duration PAUSE_AFTER_FAILURE = Duration.ofMinutes(1);

  private final Instance instance;
  private final Upstream upstream;
  private final Endpoint endpoint;
  private final Duration refresh;
  private final List<ModelInfo> configured;
  private final AtomicBoolean asking = new AtomicBoolean();
  private volatile List<ModelInfo> known = List.of();
  private volatile Instant next = Instant.MIN;
  private volatile boolean closed;
  private volatile @Nullable Reply reply;

  Inventory(
      Instance instance,
      Upstream upstream,
      Endpoint endpoint,
      List<String> configured,
      Duration refresh) {
    this.instance = instance;
    this.upstream = upstream;
    this.endpoint = endpoint;
    this.refresh = refresh;
    this.configured =
        configured.stream().map(id -> new ModelInfo(id, null, 0, instance.id())).toList();
  }

  /** What is known now; asks in the background when it is old. */
  List<ModelInfo> models(Keys keys) {
    if (!configured.isEmpty()) {
      return configured;
    }
    if (!closed
        && !instance.clock().instant().isBefore(next)
        && asking.compareAndSet(false, true)) {
      Thread.ofVirtual().name("models of " + instance.id()).start(() -> ask(keys));
    }
    return known;
  }

  void close() {
    closed = true;
    Reply open = reply;
    if (open != null) {
      open.close();
    }
  }

  private void ask(Keys keys) {
    Duration pause = PAUSE_AFTER_FAILURE;
    try {
      known = fetch(keys);
      pause = refresh;
    } catch (UpstreamFailure | MalformedJson | lip.api.event.StreamClosed e) {
      if (!closed) {
        LOG.info("models list not available: instance={} reason={}", instance.id(), e.getMessage());
      }
    } finally {
      next = instance.clock().instant().plus(pause);
      asking.set(false);
    }
  }

  private List<ModelInfo> fetch(Keys keys) throws UpstreamFailure, MalformedJson {
    Keys.Key key = keys.pick();
    Headers headers = Headers.of("Accept", "application/json");
    if (key != null) {
      headers = headers.plus("Authorization", "Bearer " + key.value());
    }
    Request request = Request.get(endpoint.resolve("/models"), headers, instance.timeouts());
    try (Reply answer = upstream.send(request)) {
      reply = answer;
      if (closed) {
        return List.of();
      }
      byte[] body = answer.readAll(MOST_BYTES);
      if (answer.status() != 200) {
        throw new UpstreamFailure(
            new Failures(
                    new Redaction(key == null ? null : key.value()), instance.clock().instant())
                .ofStatus(answer.status(), answer.headers(), body));
      }
      return parse(body);
    } finally {
      reply = null;
    }
  }

  private List<ModelInfo> parse(byte[] body) throws MalformedJson {
    List<ModelInfo> models = new ArrayList<>();
    JsonReader reader = JsonReader.of(body);
    if (reader.peek() == JsonKind.OBJECT) {
      reader.beginObject();
      for (String name; (name = reader.nextMember()) != null; ) {
        if (name.equals("data") && reader.peek() == JsonKind.ARRAY) {
          elements(reader, models);
        }
      }
    } else {
      elements(reader, models);
    }
    return List.copyOf(models);
  }

  private void elements(JsonReader reader, List<ModelInfo> models) throws MalformedJson {
    reader.beginArray();
    while (reader.nextElement()) {
      ModelInfo model = element(reader);
      if (model != null && models.size() < MOST_MODELS) {
        models.add(model);
      }
    }
  }

  private @Nullable ModelInfo element(JsonReader reader) throws MalformedJson {
    String id = null;
    String name = null;
    String owner = null;
    long created = 0;
    if (reader.peek() != JsonKind.OBJECT) {
      return null;
    }
    reader.beginObject();
    for (String member; (member = reader.nextMember()) != null; ) {
      JsonKind kind = reader.peek();
      boolean text = kind == JsonKind.STRING;
      switch (member) {
        case "id" -> id = text ? reader.string() : null;
        case "display_name", "name" -> name = text ? reader.string() : name;
        case "owned_by" -> owner = text ? reader.string() : null;
        case "created" -> created = kind == JsonKind.NUMBER ? (long) reader.number() : 0;
        default -> {}
      }
    }
    return id == null || id.isBlank() || id.length() > 1024
        ? null
        : new ModelInfo(id, name, Math.max(created, 0), owner == null ? instance.id() : owner);
  }
}
