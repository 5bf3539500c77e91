package lip.frontend.openai.legacy;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import lip.api.Dialect;
import lip.api.Json;
import lip.api.event.Event;
import lip.api.event.FinishReason;
import lip.api.event.Usage;
import lip.api.message.Part;
import lip.api.tool.ToolKind;
import lip.support.json.JsonBuffer;
import lip.support.json.JsonWriter;
import lip.support.openai.chat.FinishReasons;
import lip.support.openai.chat.UsageObject;
import org.jspecify.annotations.Nullable;

/**
 * Writes events as chunks. What stands around a delta is the same in all chunks of a stream, so it
 * is made once; a delta costs the copy of two constants and the escaping of its text. One per
 * stream, one thread.
 */
final class ChunkEncoder {
  private static final byte[] ROLE = ascii("\"role\":\"assistant\",\"content\":\"\"");
  private static final byte[] CONTENT = ascii("\"content\":\"");
  private static final byte[] REFUSAL = ascii("\"refusal\":\"");
  private static final byte[] REASONING_CONTENT = ascii("\"reasoning_content\":\"");
  private static final byte[] REASONING = ascii("\",\"reasoning\":\"");
  private static final byte[] QUOTE = {'"'};
  private static final byte[] DONE = ascii("data: [DONE]\n\n");

  private final AnswerHead head;
  private final boolean includeUsage;
  private final JsonBuffer out = new JsonBuffer();
  private final Map<String, CallSlot> calls = new HashMap<>();
  private int begun;
  private final Map<String, Json> once = new LinkedHashMap<>();
  private int foreign;
  private final Map<String, Json> onceInChoice = new LinkedHashMap<>();
  private byte[] before = {};
  private byte[] after = {};
  private boolean role;
  private @Nullable Usage usage;
  private @Nullable CallSlot current;

  ChunkEncoder(AnswerHead head, boolean includeUsage) {
    this.head = head;
    this.includeUsage = includeUsage;
    template();
  }

  /** What was written since the last {@link JsonBuffer#clear}. */
  JsonBuffer out() {
    return out;
  }

  /** Writes an event. Failures are not its business. */
  void accept(Event event) {
    switch (event) {
      case Event.TextDelta(String text) -> text(CONTENT, text);
      case Event.ToolArgumentsDelta(String id, String text) -> arguments(id, text);
      case Event.ReasoningDelta(String text, _) -> reasoning(text);
      case Event.RefusalDelta(String text) -> text(REFUSAL, text);
      case Event.ResponseStarted started -> {
        head.started(started);
        template();
      }
      case Event.MessageStarted _ -> role();
      case Event.ToolCallStarted call -> start(call);
      case Event.ToolCallFinished _ -> {}
      case Event.ReasoningDone(Part.Reasoning whole) -> {
        if (whole.opaque() != null && whole.dialect().equals(Dialect.OPENAI_CHAT)) {
          member("reasoning_details", whole.opaque());
        } else if (ForeignReasoning.is(whole)) {
          member("reasoning_details", ForeignReasoning.details(whole, foreign++));
        }
      }
      case Event.Citation(var annotation) -> {
        JsonBuffer list = new JsonBuffer();
        JsonWriter writer = new JsonWriter(list);
        writer.beginArray();
        if (Shapes.annotation(writer, annotation)) {
          writer.endArray().flush();
          member("annotations", Json.slice(list.toBytes(), 0, list.length()));
        }
      }
      case Event.MediaOutput(Part.Media media) -> {
        Json image = Shapes.image(media);
        if (image != null) {
          member("images", Json.of("[" + image.text() + "]"));
        }
      }
      case Event.Logprobs(Dialect dialect, Json raw) -> {
        if (dialect.equals(Dialect.OPENAI_CHAT)) {
          onceInChoice.put("logprobs", raw);
          open();
          close();
        }
      }
      case Event.UsageReport(Usage report) -> usage = report;
      case Event.Extension extension -> extension(extension);
      case Event.Finished finished -> finish(finished.reason());
      case Event.Warning _, Event.Failed _, Event.Other _ -> {}
    }
  }

  private void text(byte[] name, String text) {
    if (text.isEmpty()) {
      return;
    }
    open();
    out.append(name);
    out.escaped(text);
    out.append(QUOTE);
    close();
  }

  private void reasoning(String text) {
    if (text.isEmpty()) {
      return;
    }
    open();
    out.append(REASONING_CONTENT);
    int from = out.length();
    out.escaped(text);
    int to = out.length();
    out.append(REASONING);
    out.repeat(from, to);
    out.append(QUOTE);
    close();
  }

  private void start(Event.ToolCallStarted call) {
    CallSlot slot = new CallSlot(call.id(), begun++, call.kind().equals(ToolKind.CUSTOM));
    calls.putIfAbsent(call.id(), slot);
    current = slot;
    open();
    out.append("\"tool_calls\":[");
    Shapes.callHead(out, slot.index, true, call.id(), call.kind(), call.name(), call.signature());
    out.append("\"}}]");
    close();
  }

  private void arguments(String id, String text) {
    CallSlot slot = slot(id);
    if (slot == null || text.isEmpty()) {
      return;
    }
    open();
    out.append(slot.before);
    out.escaped(text);
    out.append("\"}}]");
    close();
  }

  private @Nullable CallSlot slot(String id) {
    if (current != null && current.id.equals(id)) {
      return current;
    }
    CallSlot slot = calls.get(id);
    current = slot == null ? current : slot;
    return slot;
  }

  private void member(String name, Json value) {
    open();
    out.append("\"");
    out.escaped(name);
    out.append("\":");
    out.append(value.toBytes());
    close();
  }

  /**
   * Fields of the same dialect go back to where they came from: the chunk, its choice or its delta.
   */
  private void extension(Event.Extension extension) {
    if (!extension.dialect().equals(Dialect.OPENAI_CHAT)) {
      return;
    }
    String name = extension.name();
    if (name.startsWith("delta.")) {
      member(name.substring("delta.".length()), extension.value());
    } else if (name.startsWith("choice.")) {
      onceInChoice.put(name.substring("choice.".length()), extension.value());
    } else if (head.lasting(name, extension.value())) {
      template();
    } else {
      once.put(name, extension.value());
    }
  }

  private void finish(FinishReason said) {
    role();
    FinishReason reason = FinishReasons.settle(said, !calls.isEmpty());
    out.append(before);
    out.append("},\"finish_reason\":\"");
    out.append(FinishReasons.toWire(reason));
    out.append("\"");
    tail();
    if (includeUsage && usage != null) {
      head.open(out);
      out.append("\"choices\":[],\"usage\":");
      JsonWriter writer = new JsonWriter(out);
      UsageObject.write(writer, usage);
      writer.flush();
      out.append("}\n\n");
    }
    out.append(DONE);
  }

  private void role() {
    if (!role) {
      role = true;
      out.append(before);
      out.append(ROLE);
      close();
    }
  }

  /** Up to the inside of the delta. */
  private void open() {
    role();
    out.append(before);
  }

  private void close() {
    if (once.isEmpty() && onceInChoice.isEmpty()) {
      out.append(after);
    } else {
      out.append("},\"finish_reason\":null");
      tail();
    }
  }

  /** From behind the finish reason to the end of the record. */
  private void tail() {
    members(onceInChoice);
    out.append(includeUsage ? "}],\"usage\":null" : "}]");
    members(once);
    out.append("}\n\n");
  }

  private void members(Map<String, Json> pending) {
    pending.forEach((name, value) -> {
      out.append(",\"");
      out.escaped(name);
      out.append("\":");
      out.append(value.toBytes());
    });
    pending.clear();
  }

  private void template() {
    JsonBuffer made = new JsonBuffer();
    head.open(made);
    made.append("\"choices\":[{\"index\":0,\"delta\":{");
    before = made.toBytes();
    after = ascii("},\"finish_reason\":null}]" + (includeUsage ? ",\"usage\":null" : "") + "}\n\n");
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** A tool call of this stream: its place, and what stands before a piece of its arguments. */
  private static final class CallSlot {
    private final String id;
    private final int index;
    private final byte[] before;

    private CallSlot(String id, int index, boolean custom) {
      this.id = id;
      this.index = index;
      before =
          ascii(
              "\"tool_calls\":[{\"index\":"
                  + index
                  + (custom ? ",\"custom\":{\"input\":\"" : ",\"function\":{\"arguments\":\""));
    }
  }
}
