package lip.backend.anthropic;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import lip.api.Dialect;
import lip.api.Json;
import lip.api.event.Event;
import lip.api.event.FinishReason;
import lip.api.event.Usage;
import lip.api.failure.UpstreamFailure;
import lip.sdk.fidelity.Deviation;
import lip.sdk.fidelity.Fidelity;
import lip.support.anthropic.messages.Names;
import lip.support.anthropic.messages.StopReasons;
import lip.support.anthropic.messages.UsageTally;
import lip.support.json.JsonKind;
import lip.support.json.JsonReader;
import lip.support.json.MalformedJson;
import lip.support.json.Scalars;
import lip.support.json.TextTemplate;
import lip.support.provider.AnswerFields;
import org.jspecify.annotations.Nullable;

/**
 * Turns records, or one whole answer, into events: a state machine without input or output of its
 * own.
 */
final class EventDecoder {
  private final Deque<Event> events = new ArrayDeque<>();
  private final Failures failures;
  private final ToolNames tools;
  private final boolean sameDialect;
  private final Fidelity fidelity;
  private final UsageTally tally = new UsageTally();
  private final OpenBlocks blocks = new OpenBlocks();
  private final AnswerFields further = new AnswerFields();
  private final TextTemplate template = new TextTemplate();
  private @Nullable Block open;
  private String openType = "";
  private boolean started;
  private boolean textBefore;
  private boolean anyText;
  private boolean calls;
  private boolean ended;
  private @Nullable String stopReason;
  private @Nullable Json delta;

  EventDecoder(Failures failures, ToolNames tools, boolean sameDialect, Fidelity fidelity) {
    this.failures = failures;
    this.tools = tools;
    this.sameDialect = sameDialect;
    this.fidelity = fidelity;
  }

  /** What was decoded and not taken yet. */
  Deque<Event> events() {
    return events;
  }

  /** Whether the answer is complete; events may still be there. */
  boolean ended() {
    return ended;
  }

  /**
   * Takes the data of one record, which must not change afterwards.
   *
   * @param complete whether it ended properly; false = the body ended inside it
   * @throws UpstreamFailure when it is an error or not usable
   */
  void record(byte[] data, boolean complete) throws UpstreamFailure {
    try {
      String text = template.match(data, 0, data.length);
      if (text != null && open != null) {
        open.take(openType, text);
        return;
      }
      Fields fields = Fields.of(JsonReader.of(data));
      switch (fields.type) {
        case "message_start" -> start(Fields.of(JsonReader.of(fields.need("message"))), false);
        case "content_block_start" -> {
          Json block = fields.need("content_block");
          open(fields.index, Fields.of(JsonReader.of(block)), block.length());
        }
        case "content_block_delta" -> delta(block(fields.index), data, fields.need("delta"));
        case "content_block_stop" -> close(fields.index);
        case "message_delta" -> messageDelta(fields);
        case "message_stop" -> finish();
        case "error" ->
            throw new UpstreamFailure(failures.inBand(new String(data, StandardCharsets.UTF_8)));
        case "ping" -> {}
        // What is younger than this.
        default -> {
          if (fields.members.containsKey("error")) {
            throw new UpstreamFailure(failures.inBand(new String(data, StandardCharsets.UTF_8)));
          }
          fidelity.report(
              Deviation.lostInAnswer("event." + fields.type, "an event that is not known"));
        }
      }
    } catch (MalformedJson e) {
      throw Failures.broken(
          complete
              ? "the provider sent an event that is not usable: " + e.getMessage()
              : "the provider's answer ended inside an event");
    }
  }

  /** Takes a JSON body: a whole answer, or an error. */
  void whole(byte[] body) throws UpstreamFailure {
    try {
      Fields fields = Fields.of(JsonReader.of(body));
      if (!fields.type.equals("message")) {
        throw new UpstreamFailure(failures.inBand(new String(body, StandardCharsets.UTF_8)));
      }
      start(fields, true);
      Json content = fields.members.get("content");
      if (content != null) {
        JsonReader reader = JsonReader.of(content);
        reader.beginArray();
        for (long index = 0; reader.nextElement(); index++) {
          open(index, Fields.read(reader), 0);
          close(index);
        }
      }
      stopReason = fields.text("stop_reason");
      delta = wholeDelta(fields);
      finish();
    } catch (MalformedJson e) {
      throw Failures.broken("the provider's answer is not usable: " + e.getMessage());
    }
  }

  /** What a stream would say at its end; null = nothing that anybody wants to know. */
  private @Nullable Json wholeDelta(Fields fields) {
    boolean more = sameDialect;
    StringBuilder delta = new StringBuilder("{");
    for (String name : new String[] {"stop_reason", "stop_sequence", "stop_details", "container"}) {
      Json value = fields.members.get(name);
      if (value != null) {
        delta.append(delta.length() > 1 ? "," : "").append('"').append(name).append("\":");
        delta.append(value.text());
        more |= !name.equals("stop_reason") && !value.equals(Json.NULL);
      }
    }
    return more ? Json.of(delta.append('}').toString()) : null;
  }

  private void start(Fields fields, boolean whole) throws MalformedJson {
    if (started) {
      throw new MalformedJson("message_start", "came twice", 0);
    }
    started = true;
    events.add(new Event.ResponseStarted(fields.text("id"), fields.text("model"), 0));
    for (Map.Entry<String, Json> member : fields.members.entrySet()) {
      String name = member.getKey();
      switch (name) {
        case "id", "model", "type", "role", "content", "stop_reason", "stop_sequence", "usage" -> {}
        case "stop_details", "container" -> {
          if (!whole) {
            further(Names.MESSAGE + name, member.getValue());
          }
        }
        default -> further(Names.MESSAGE + name, member.getValue());
      }
    }
    usage(fields.members.get("usage"));
    events.add(Event.MessageStarted.FIRST);
  }

  private void extension(String name, Json value) {
    if (!value.equals(Json.NULL)) {
      events.add(new Event.Extension(Dialect.ANTHROPIC, name, value));
    }
  }

  /** Clients of this dialect are told at the end, or in the head of a whole answer. */
  private void further(String name, Json value) throws MalformedJson {
    if (!value.equals(Json.NULL) && further.take(name, value)) {
      extension(name, further.value(name));
    }
  }

  private void usage(@Nullable Json usage) throws MalformedJson {
    if (usage != null && Scalars.kind(usage) == JsonKind.OBJECT) {
      Usage all = tally.add(usage);
      events.add(new Event.UsageReport(all));
    }
  }

  /**
   * @param size bytes that the block begins with, as long as it is open
   */
  private void open(long index, Fields fields, int size) throws MalformedJson {
    if (!started) {
      throw new MalformedJson("content_block_start", "came before message_start", 0);
    }
    blocks.count();
    // A whole answer may hold many blocks, each with many small things.
    if (events.size() > JsonReader.MOST) {
      throw new MalformedJson(
          "content", "comes after " + JsonReader.MOST + " other events in one piece", 0);
    }
    Block block = Block.of(fields, events, tools, fidelity, blocks);
    block.grow(size);
    forget();
    boolean text = block instanceof Block.Text;
    if (text && textBefore && sameDialect) {
      // Two texts in a row are two blocks for clients of this dialect: each has its citations.
      extension(Names.TEXT_END, Json.of("true"));
    }
    textBefore = text;
    anyText |= text;
    calls |= block instanceof CallBlock;
    blocks.put(index, block);
    block.begin();
  }

  /** Nearly all records of a stream are pieces of one block: then only their texts differ. */
  private void delta(Block block, byte[] record, Json delta) throws MalformedJson {
    int before = events.size();
    block.delta(delta);
    if (events.size() != before + 1) {
      return;
    }
    switch (events.getLast()) {
      case Event.TextDelta(String text) -> learn(block, record, "text_delta", "text", text);
      case Event.ReasoningDelta(String text, _) ->
          learn(block, record, "thinking_delta", "thinking", text);
      case Event.ToolArgumentsDelta(_, String text) ->
          learn(block, record, "input_json_delta", "partial_json", text);
      default -> {}
    }
  }

  private void learn(Block block, byte[] record, String type, String member, String text) {
    open = block;
    openType = type;
    template.learn(record, member, text);
  }

  private Block block(long index) throws MalformedJson {
    Block block = blocks.get(index);
    if (block == null) {
      throw new MalformedJson("content_block_delta", "is for a block that did not begin", 0);
    }
    return block;
  }

  /** The same bytes would mean another block. */
  private void forget() {
    template.forget();
    open = null;
  }

  private void close(long index) throws MalformedJson {
    forget();
    Block block = blocks.remove(index);
    if (block != null) {
      block.end();
    }
  }

  private void messageDelta(Fields fields) throws MalformedJson {
    Json said = fields.members.get("delta");
    if (said != null && Scalars.kind(said) == JsonKind.OBJECT) {
      String reason = Fields.of(JsonReader.of(said)).text("stop_reason");
      stopReason = reason == null ? stopReason : reason;
      delta = said;
    }
    usage(fields.members.get("usage"));
    for (Map.Entry<String, Json> member : fields.members.entrySet()) {
      String name = member.getKey();
      if (!name.equals("type") && !name.equals("delta") && !name.equals("usage")) {
        further(Names.MESSAGE_DELTA + name, member.getValue());
      }
    }
  }

  private void finish() throws MalformedJson, UpstreamFailure {
    if (!started) {
      throw Failures.broken("the provider ended its answer before it began");
    }
    for (Block open : blocks.rest()) {
      // Some servers forget to end the last block.
      open.end();
    }
    String word = stopReason == null ? "end_turn" : stopReason;
    FinishReason reason = StopReasons.settle(StopReasons.fromWire(word), calls);
    if (delta != null && (sameDialect || saysMore(delta))) {
      extension(Names.DELTA, delta);
    }
    if (reason.equals(FinishReason.REFUSAL) && !sameDialect && !anyText) {
      events.add(new Event.RefusalDelta(refusal()));
    }
    events.add(new Event.Finished(reason, stopReason, null));
    ended = true;
  }

  /** Whether there is more in it than the reason, which the last event has. */
  private static boolean saysMore(Json delta) throws MalformedJson {
    for (Map.Entry<String, Json> member : Fields.of(JsonReader.of(delta)).members.entrySet()) {
      if (!member.getKey().equals("stop_reason") && !member.getValue().equals(Json.NULL)) {
        return true;
      }
    }
    return false;
  }

  /** A refusal without a word would be an empty answer to clients of other dialects. */
  private String refusal() throws MalformedJson {
    String text = null;
    if (delta != null) {
      Json details = Fields.of(JsonReader.of(delta)).members.get("stop_details");
      if (details != null && JsonReader.of(details).peek() == JsonKind.OBJECT) {
        text = Fields.of(JsonReader.of(details)).text("explanation");
      }
    }
    return text == null || text.isBlank() ? "The model declined to answer." : text;
  }
}
