package lip.frontend.anthropic;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import lip.api.Json;
import lip.api.event.Usage;
import lip.api.failure.Failure;
import lip.api.failure.FailureClass;
import lip.api.failure.UpstreamFailure;
import lip.api.message.Annotation;
import lip.support.anthropic.messages.Citations;
import lip.support.anthropic.messages.UsageTally;
import lip.support.json.JsonBuffer;
import lip.support.json.JsonKind;
import lip.support.json.JsonReader;
import lip.support.json.JsonWriter;
import lip.support.json.MalformedJson;
import org.jspecify.annotations.Nullable;

/** Writes an answer as one {@code message}. */
final class WholeSink implements Sink {
  private static final int MOST_BYTES = 256 * 1024 * 1024;

  private final JsonBuffer blocks = new JsonBuffer();
  private final JsonWriter content = new JsonWriter(blocks);
  private final StringBuilder text = new StringBuilder();
  private final List<Annotation> citations = new ArrayList<>();
  private @Nullable MessageHead head;
  private long noted;
  private boolean callOpen;
  private boolean textOpen;
  private boolean rawOpen;
  private String signature = "";
  private boolean brokenInput;
  private byte[] whole = {};

  WholeSink() {
    content.beginArray();
  }

  /** The body, when the answer has ended. */
  byte[] body() {
    return whole;
  }

  /**
   * Checks what this form cannot hold.
   *
   * @throws UpstreamFailure when the answer is too long
   */
  void check() throws UpstreamFailure {
    if ((long) blocks.length() + text.length() + noted > MOST_BYTES) {
      throw new UpstreamFailure(
          Failure.of(
              FailureClass.UPSTREAM,
              "the answer has more than " + MOST_BYTES + " bytes and cannot be collected"));
    }
  }

  /** Whether a call that ended has arguments that are no JSON. */
  boolean brokenCall() {
    return brokenInput;
  }

  @Override
  public void begin(MessageHead first, @Nullable Usage usage) {
    head = first;
  }

  @Override
  public void beginText(int index) {
    textOpen = true;
    content.beginObject().name("type").value("text");
  }

  @Override
  public void beginThinking(int index) {
    content.beginObject().name("type").value("thinking");
  }

  @Override
  public void redacted(int index, Json data) {
    rawOpen = true;
    content
        .beginObject()
        .name("type")
        .value("redacted_thinking")
        .name("data")
        .raw(data)
        .endObject();
  }

  @Override
  public void beginCall(int index, String id, String name, Map<String, Json> more) {
    callOpen = true;
    content.beginObject().name("type").value("tool_use").name("id").value(id);
    content.name("name").value(name);
    more.forEach((member, value) -> content.name(member).raw(value));
  }

  @Override
  public void block(int index, Json raw) {
    rawOpen = true;
    content.raw(raw);
  }

  @Override
  public void text(int index, String more) {
    text.append(more);
  }

  @Override
  public void thinking(int index, String more) {
    text.append(more);
  }

  @Override
  public void signature(int index, String proof) {
    signature = proof;
  }

  @Override
  public void input(int index, String json) {
    text.append(json);
  }

  @Override
  public void citation(int index, Annotation annotation) {
    citations.add(annotation);
    noted += annotation.raw().length() + 64;
  }

  @Override
  public void end(int index) {
    if (rawOpen) {
      rawOpen = false;
      return;
    }
    if (textOpen) {
      content.name("text").value(text.toString());
      if (!citations.isEmpty()) {
        content.name("citations").beginArray();
        citations.forEach(citation -> Citations.write(content, citation));
        content.endArray();
      }
    } else if (callOpen) {
      content.name("input").raw(object(text.toString()));
    } else {
      content.name("thinking").value(text.toString()).name("signature").value(signature);
    }
    content.endObject();
    text.setLength(0);
    citations.clear();
    noted = 0;
    signature = "";
    textOpen = false;
    callOpen = false;
  }

  @Override
  public void finish(MessageEnd end, @Nullable Usage usage) {
    content.endArray().flush();
    JsonBuffer bytes = new JsonBuffer(blocks.length() + 512);
    JsonWriter out = new JsonWriter(bytes);
    MessageHead first = head;
    if (first == null) {
      throw new IllegalStateException("the answer did not begin");
    }
    first.open(out);
    out.name("content").raw(Json.slice(blocks.array(), 0, blocks.length()));
    end.write(out);
    out.name("usage");
    UsageTally.write(out, usage);
    first.rest(out);
    end.outer().forEach((name, value) -> out.name(name).raw(value));
    out.endObject().flush();
    whole = bytes.toBytes();
  }

  /** The arguments as an object; what is cut or broken has none. */
  private Json object(String arguments) {
    if (arguments.isBlank()) {
      return Json.of("{}");
    }
    try {
      byte[] bytes = arguments.getBytes(StandardCharsets.UTF_8);
      JsonReader reader = JsonReader.of(bytes);
      boolean object = reader.peek() == JsonKind.OBJECT;
      reader.skip();
      reader.finish();
      if (object) {
        return Json.slice(bytes, 0, bytes.length);
      }
    } catch (MalformedJson _) {
      // Told by brokenCall(): whether it matters depends on how the answer ends.
    }
    brokenInput = true;
    return Json.of("{}");
  }
}
