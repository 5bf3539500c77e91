package lip.backend.openai.legacy;

import java.nio.charset.StandardCharsets;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import lip.api.Dialect;
import lip.api.Json;
import lip.api.event.Event;
import lip.api.event.FinishReason;
import lip.api.event.Usage;
import lip.api.failure.Failure;
import lip.api.failure.FailureClass;
import lip.api.failure.UpstreamFailure;
import lip.sdk.Ids;
import lip.sdk.fidelity.Deviation;
import lip.sdk.fidelity.Fidelity;
import lip.support.json.JsonKind;
import lip.support.json.JsonReader;
import lip.support.json.MalformedJson;
import lip.support.json.TextTemplate;
import lip.support.openai.chat.FinishReasons;
import lip.support.openai.chat.UsageObject;
import lip.support.provider.AnswerFields;
import org.jspecify.annotations.Nullable;

/**
 * Turns chunks, or one whole answer, into events: a state machine without input or output of its
 * own.
 */
final class ChunkDecoder {
  private final Deque<Event> events;
  private final Failures failures;
  private final Fidelity fidelity;
  private final boolean finishOptional;
  private final DeltaDecoder delta;
  private final AnswerFields fields = new AnswerFields();
  private final TextTemplate template = new TextTemplate();
  private boolean started;
  private boolean message;
  private boolean otherChoice;
  private @Nullable Usage usage;
  private @Nullable String finish;
  private @Nullable Json logprobs;

  ChunkDecoder(
      Deque<Event> events, Ids ids, Failures failures, Fidelity fidelity, boolean finishOptional) {
    this.finishOptional = finishOptional;
    this.events = events;
    this.failures = failures;
    this.fidelity = fidelity;
    delta = new DeltaDecoder(events, ids, fidelity);
  }

  /**
   * Takes the data of one record.
   *
   * @param complete whether it ended properly; false = the body ended inside it
   * @throws UpstreamFailure when it is an error or no JSON
   */
  void record(byte[] bytes, int offset, int length, boolean complete) throws UpstreamFailure {
    String text = template.match(bytes, offset, length);
    if (text != null) {
      events.add(new Event.TextDelta(text));
      return;
    }
    int before = events.size();
    // Raw values may outlive the record, whose bytes will be overwritten.
    byte[] own = java.util.Arrays.copyOfRange(bytes, offset, offset + length);
    try {
      answer(JsonReader.of(own), own, own.length);
    } catch (MalformedJson e) {
      throw Failures.broken(
          complete
              ? "the provider sent an event that is not usable: " + e.getMessage()
              : "the provider's answer ended inside an event");
    }
    if (events.size() == before + 1 && events.peekLast() instanceof Event.TextDelta(String said)) {
      template.learn(own, "content", said);
    }
  }

  /** Takes a JSON body: a whole answer, or an error. */
  void whole(byte[] bytes, int length) throws UpstreamFailure {
    try {
      answer(JsonReader.of(bytes, 0, length), bytes, length);
    } catch (MalformedJson e) {
      throw Failures.broken("the provider's answer is not usable: " + e.getMessage());
    }
    if (!message) {
      throw new UpstreamFailure(
          failures.inBand(new String(bytes, 0, length, StandardCharsets.UTF_8)));
    }
  }

  /** Whether the finish reason is known. */
  boolean finished() {
    return finish != null;
  }

  /** The end mark: some servers send it without a finish reason. */
  void done() throws UpstreamFailure {
    if (!message) {
      throw Failures.broken("the provider ended its answer before it began");
    }
    endAnyway();
  }

  /**
   * The end of the body.
   *
   * @throws UpstreamFailure when the answer had no finish reason: it is cut, whatever the transport
   *     says
   */
  void end() throws UpstreamFailure {
    if (finish == null && !(finishOptional && message)) {
      throw Failures.broken("the provider's answer ended without a finish reason");
    }
    endAnyway();
  }

  void endAnyway() {
    start(null, null, 0);
    delta.end();
    if (usage != null) {
      events.add(new Event.UsageReport(usage));
    }
    String word = finish == null ? "" : finish;
    FinishReason reason = FinishReasons.settle(FinishReasons.fromWire(word), delta.hasCalls());
    events.add(new Event.Finished(reason, finish, null));
  }

  private void answer(JsonReader reader, byte[] bytes, int length)
      throws MalformedJson, UpstreamFailure {
    String id = null;
    String model = null;
    long created = 0;
    Json choices = null;
    if (reader.peek() != JsonKind.OBJECT) {
      throw reader.failure("an object is needed");
    }
    reader.beginObject();
    for (String name; (name = reader.nextMember()) != null; ) {
      switch (name) {
        case "id" -> id = text(reader);
        case "model" -> model = text(reader);
        case "created" -> created = reader.peek() == JsonKind.NUMBER ? (long) reader.number() : 0;
        case "choices" -> {
          if (reader.peek() == JsonKind.ARRAY) {
            // Who sends them is known in nearly every chunk by now: then they need no second look.
            if (id != null && model != null) {
              choices(reader, id, model, created);
            } else {
              choices = reader.raw();
            }
          }
        }
        case "usage" -> {
          if (reader.peek() == JsonKind.OBJECT) {
            usage = UsageObject.read(reader.raw());
          }
        }
        case "error" -> {
          if (reader.peek() == JsonKind.OBJECT || reader.peek() == JsonKind.STRING) {
            throw new UpstreamFailure(
                failures.inBand(new String(bytes, 0, length, StandardCharsets.UTF_8)));
          }
        }
        // Padding against guessing lengths, and a constant.
        case "object", "obfuscation" -> {}
        default -> field(name, reader);
      }
    }
    reader.finish();
    if (choices != null) {
      choices(JsonReader.of(choices), id, model, created);
    } else if (id != null || model != null) {
      start(id, model, created);
    }
  }

  private static @Nullable String text(JsonReader reader) throws MalformedJson {
    String value = reader.peek() == JsonKind.STRING ? reader.string() : null;
    return value == null || value.isEmpty() ? null : value;
  }

  /** A field that has no place in the model, once for each value. */
  private void field(String name, JsonReader reader) throws MalformedJson {
    if (reader.peek() == JsonKind.NULL) {
      return;
    }
    if (fields.take(name, reader.raw()) && started) {
      extension(name);
    }
  }

  private void extension(String name) {
    events.add(new Event.Extension(Dialect.OPENAI_CHAT, name, fields.value(name)));
  }

  private void start(@Nullable String id, @Nullable String model, long created) {
    if (started) {
      return;
    }
    started = true;
    events.add(new Event.ResponseStarted(id, model, created));
    fields.all().keySet().forEach(this::extension);
  }

  private void choices(JsonReader reader, @Nullable String id, @Nullable String model, long created)
      throws MalformedJson, UpstreamFailure {
    boolean any = false;
    reader.beginArray();
    while (reader.nextElement()) {
      any = true;
      start(id, model, created);
      choice(reader);
    }
    if (!any && (id != null || model != null)) {
      start(id, model, created);
    }
  }

  private void choice(JsonReader reader) throws MalformedJson, UpstreamFailure {
    reader.beginObject();
    String first = reader.nextMember();
    if ("index".equals(first)) {
      if (ours(reader)) {
        for (String name; (name = reader.nextMember()) != null; ) {
          member(name, reader);
        }
        endOfChoice();
      } else {
        while (reader.nextMember() != null) {
          // Passed over.
        }
      }
      return;
    }
    // Whose members these are, is told later.
    Map<String, Json> members = new LinkedHashMap<>();
    for (String name = first; name != null; name = reader.nextMember()) {
      members.put(name, reader.raw());
    }
    Json index = members.remove("index");
    if (index == null ? begun() : ours(JsonReader.of(index))) {
      for (Map.Entry<String, Json> entry : members.entrySet()) {
        member(entry.getKey(), JsonReader.of(entry.getValue()));
      }
      endOfChoice();
    }
  }

  /** Whether this is the choice that was asked for. */
  private boolean ours(JsonReader index) throws MalformedJson {
    if (index.peek() != JsonKind.NUMBER || index.integer() == 0) {
      return begun();
    }
    if (!otherChoice) {
      otherChoice = true;
      fidelity.report(Deviation.lostInAnswer("choices", "only one was asked for"));
    }
    return false;
  }

  private boolean begun() {
    if (!message) {
      message = true;
      events.add(Event.MessageStarted.FIRST);
    }
    return true;
  }

  private void member(String name, JsonReader reader) throws MalformedJson {
    switch (name) {
      case "index" -> {}
      case "delta", "message" -> {
        if (reader.peek() == JsonKind.OBJECT) {
          delta.read(reader);
        }
      }
      case "finish_reason" -> {
        String word = text(reader);
        if (word != null) {
          finish = word;
        }
      }
      case "logprobs" -> logprobs = reader.takeNull() ? null : reader.raw();
      default -> {
        if (!reader.takeNull()) {
          fields.take("choice." + name, reader.raw());
          extension("choice." + name);
        }
      }
    }
  }

  private void endOfChoice() throws UpstreamFailure {
    if (logprobs != null) {
      events.add(new Event.Logprobs(Dialect.OPENAI_CHAT, logprobs));
      logprobs = null;
    }
    if ("error".equals(finish)) {
      throw new UpstreamFailure(
          Failure.builder(
                  FailureClass.UPSTREAM, "the provider ended its answer with finish reason error")
              .recoverable(true)
              .build());
    }
  }
}
