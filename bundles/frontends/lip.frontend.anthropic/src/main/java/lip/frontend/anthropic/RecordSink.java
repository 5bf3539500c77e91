package lip.frontend.anthropic;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Consumer;
import lip.api.Json;
import lip.api.event.Usage;
import lip.api.message.Annotation;
import lip.support.anthropic.messages.Citations;
import lip.support.anthropic.messages.UsageTally;
import lip.support.json.JsonWriter;
import lip.support.sse.SseWriter;
import org.jspecify.annotations.Nullable;

/** Writes an answer as records of a stream. */
final class RecordSink implements Sink {
  private static final byte[] STOP =
      "{\"type\":\"message_stop\"}".getBytes(StandardCharsets.US_ASCII);

  private final SseWriter records = new SseWriter();
  private final JsonWriter json = new JsonWriter(records.data());

  /** What was written since the last {@link SseWriter#clear}. */
  SseWriter out() {
    return records;
  }

  @Override
  public void begin(MessageHead head, @Nullable Usage usage) {
    record(
        "message_start",
        out -> {
          out.name("message");
          head.open(out);
          out.name("content").beginArray().endArray();
          out.name("stop_reason").nothing().name("stop_sequence").nothing();
          out.name("usage");
          UsageTally.write(out, usage);
          head.rest(out);
          out.endObject();
        });
  }

  @Override
  public void beginText(int index) {
    start(index, out -> out.name("type").value("text").name("text").value(""));
  }

  @Override
  public void beginThinking(int index) {
    start(
        index,
        out ->
            out.name("type")
                .value("thinking")
                .name("thinking")
                .value("")
                .name("signature")
                .value(""));
  }

  @Override
  public void redacted(int index, Json data) {
    start(index, out -> out.name("type").value("redacted_thinking").name("data").raw(data));
  }

  @Override
  public void beginCall(int index, String id, String name, Map<String, Json> more) {
    start(
        index,
        out -> {
          out.name("type").value("tool_use").name("id").value(id).name("name").value(name);
          out.name("input").beginObject().endObject();
          more.forEach((member, value) -> out.name(member).raw(value));
        });
  }

  @Override
  public void block(int index, Json raw) {
    record(
        "content_block_start",
        out -> out.name("index").value(index).name("content_block").raw(raw));
  }

  @Override
  public void text(int index, String text) {
    delta(index, "text_delta", "text", text);
  }

  @Override
  public void thinking(int index, String text) {
    delta(index, "thinking_delta", "thinking", text);
  }

  @Override
  public void signature(int index, String signature) {
    delta(index, "signature_delta", "signature", signature);
  }

  @Override
  public void input(int index, String text) {
    delta(index, "input_json_delta", "partial_json", text);
  }

  @Override
  public void citation(int index, Annotation annotation) {
    record(
        "content_block_delta",
        out -> {
          out.name("index").value(index).name("delta").beginObject();
          out.name("type").value("citations_delta").name("citation");
          Citations.write(out, annotation);
          out.endObject();
        });
  }

  @Override
  public void end(int index) {
    record("content_block_stop", out -> out.name("index").value(index));
  }

  @Override
  public void finish(MessageEnd end, @Nullable Usage usage) {
    record(
        "message_delta",
        out -> {
          out.name("delta").beginObject();
          end.write(out);
          out.endObject().name("usage");
          UsageTally.write(out, usage);
          end.outer().forEach((name, value) -> out.name(name).raw(value));
        });
    records.event("message_stop").data(STOP, 0, STOP.length).end();
  }

  private void start(int index, Consumer<JsonWriter> block) {
    record(
        "content_block_start",
        out -> {
          out.name("index").value(index).name("content_block").beginObject();
          block.accept(out);
          out.endObject();
        });
  }

  private void delta(int index, String type, String member, String text) {
    records.event("content_block_delta");
    json.beginObject().name("type").value("content_block_delta").name("index").value(index);
    json.name("delta").beginObject().name("type").value(type).name(member).value(text);
    json.endObject().endObject().flush();
    records.end();
  }

  private void record(String type, Consumer<JsonWriter> members) {
    records.event(type);
    json.beginObject().name("type").value(type);
    members.accept(json);
    json.endObject().flush();
    records.end();
  }
}
