package lip.frontend.openai.legacy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import lip.api.Dialect;
import lip.api.Json;
import lip.api.JsonString;
import lip.api.event.Collected;
import lip.api.event.Event;
import lip.api.event.FinishReason;
import lip.api.message.Annotation;
import lip.api.message.Part;
import lip.support.json.JsonBuffer;
import lip.support.json.JsonKind;
import lip.support.json.JsonReader;
import lip.support.json.JsonWriter;
import lip.support.json.MalformedJson;
import lip.support.openai.chat.FinishReasons;
import lip.support.openai.chat.UsageObject;
import org.jspecify.annotations.Nullable;

/** Writes a collected answer as one {@code chat.completion}. */
final class AnswerEncoder {
  private final List<JsonString> texts = new ArrayList<>();
  private final StringBuilder reasoning = new StringBuilder();
  private final StringBuilder refusal = new StringBuilder();
  private final List<Part.ToolCall> calls = new ArrayList<>();
  private final List<Annotation> annotations = new ArrayList<>();
  private final List<Part.Reasoning> thoughts = new ArrayList<>();
  private final List<Json> images = new ArrayList<>();
  private final Map<String, Json> inMessage = new LinkedHashMap<>();
  private final Map<String, Json> inChoice = new LinkedHashMap<>();
  private final Map<String, Json> inAnswer = new LinkedHashMap<>();
  private boolean refused;
  private @Nullable Json logprobs;

  private AnswerEncoder() {}

  static byte[] encode(AnswerHead head, Collected answer) {
    return new AnswerEncoder().write(head, answer);
  }

  private byte[] write(AnswerHead head, Collected answer) {
    answer.parts().forEach(this::part);
    head.started(answer.start());
    for (Event.Extension extension : answer.extensions()) {
      extension(head, extension);
    }
    JsonBuffer out = new JsonBuffer(4096 + textLength());
    head.object(out, "chat.completion");
    out.append("\"choices\":[{\"index\":0,\"message\":");
    JsonWriter writer = new JsonWriter(out);
    message(writer);
    writer.flush();
    Event.Finished finish = answer.finish();
    FinishReason said = finish == null ? FinishReason.UNKNOWN : finish.reason();
    out.append(",\"logprobs\":");
    out.append(logprobs == null ? "null" : "");
    if (logprobs != null) {
      out.append(logprobs.toBytes());
    }
    out.append(",\"finish_reason\":\"");
    out.append(FinishReasons.toWire(FinishReasons.settle(said, !calls.isEmpty())));
    out.append("\"");
    members(out, inChoice);
    out.append("}]");
    if (answer.usage() != null) {
      out.append(",\"usage\":");
      JsonWriter usage = new JsonWriter(out);
      UsageObject.write(usage, answer.usage());
      usage.flush();
    }
    members(out, inAnswer);
    out.append("}");
    return out.toBytes();
  }

  private int textLength() {
    return texts.stream().mapToInt(text -> text.text().length()).sum();
  }

  private void part(Part part) {
    switch (part) {
      case Part.Text(var piece, var notes, var probabilities, _) -> {
        texts.add(piece);
        notes.stream().filter(Shapes::hasForm).forEach(annotations::add);
        if (probabilities != null) {
          logprobs = joined(probabilities);
        }
      }
      case Part.Reasoning whole -> {
        reasoning.append(whole.text());
        whole.summary().forEach(reasoning::append);
        if (whole.opaque() != null || ForeignReasoning.is(whole)) {
          thoughts.add(whole);
        }
      }
      case Part.Refusal(var words, _) -> {
        refusal.append(words);
        refused = true;
      }
      case Part.ToolCall call -> calls.add(call);
      case Part.Media media -> {
        Json image = Shapes.image(media);
        if (image != null) {
          images.add(image);
        }
      }
      case Part.ToolResult _, Part.Opaque _, Part.Other _ -> {}
    }
  }

  private static @Nullable Json joined(Json pieces) {
    try {
      return Shapes.logprobs(pieces);
    } catch (MalformedJson e) {
      throw new IllegalStateException("a collector makes one array", e);
    }
  }

  private void extension(AnswerHead head, Event.Extension extension) {
    if (!extension.dialect().equals(Dialect.OPENAI_CHAT)) {
      return;
    }
    String name = extension.name();
    if (name.startsWith("delta.")) {
      inMessage.put(name.substring("delta.".length()), extension.value());
    } else if (name.startsWith("choice.")) {
      inChoice.put(name.substring("choice.".length()), extension.value());
    } else if (!head.lasting(name, extension.value())) {
      inAnswer.put(name, extension.value());
    }
  }

  private void message(JsonWriter out) {
    out.beginObject().name("role").value("assistant");
    out.name("content");
    if (texts.size() == 1) {
      out.value(texts.getFirst());
    } else {
      boolean silent = texts.isEmpty() && (!calls.isEmpty() || refused);
      out.value(silent ? null : String.join("", texts.stream().map(JsonString::text).toList()));
    }
    out.name("refusal").value(refused ? refusal.toString() : null);
    if (!reasoning.isEmpty()) {
      out.name("reasoning_content").value(reasoning.toString());
      out.name("reasoning").value(reasoning.toString());
    }
    if (!calls.isEmpty()) {
      out.name("tool_calls").beginArray();
      calls.forEach(call -> out.raw(call(call)));
      out.endArray();
    }
    if (!annotations.isEmpty()) {
      out.name("annotations").beginArray();
      annotations.forEach(annotation -> Shapes.annotation(out, annotation));
      out.endArray();
    }
    if (!images.isEmpty()) {
      out.name("images").beginArray();
      images.forEach(out::raw);
      out.endArray();
    }
    if (!thoughts.isEmpty()) {
      out.name("reasoning_details");
      details(out);
    }
    inMessage.forEach((name, value) -> out.name(name).raw(value));
    out.endObject();
  }

  /** A turn that thought between its texts has several pieces; the field holds them all. */
  private void details(JsonWriter out) {
    out.beginArray();
    int foreign = 0;
    for (Part.Reasoning whole : thoughts) {
      if (ForeignReasoning.is(whole)) {
        ForeignReasoning.write(out, whole, foreign++);
      } else if (whole.opaque() != null) {
        elements(out, whole.opaque());
      }
    }
    out.endArray();
  }

  private static void elements(JsonWriter out, Json details) {
    try {
      JsonReader reader = JsonReader.of(details).atMost(Integer.MAX_VALUE);
      if (reader.peek() != JsonKind.ARRAY) {
        out.raw(details);
        return;
      }
      reader.beginArray();
      while (reader.nextElement()) {
        out.raw(reader.raw());
      }
    } catch (MalformedJson e) {
      throw new IllegalStateException("a Json is valid", e);
    }
  }

  private static Json call(Part.ToolCall call) {
    JsonBuffer out = new JsonBuffer();
    Shapes.callHead(out, 0, false, call.id(), call.kind(), call.name(), call.signature());
    out.escaped(call.arguments());
    out.append("\"}}");
    return Json.slice(out.toBytes(), 0, out.length());
  }

  private static void members(JsonBuffer out, Map<String, Json> members) {
    members.forEach((name, value) -> {
      out.append(",\"");
      out.escaped(name);
      out.append("\":");
      out.append(value.toBytes());
    });
  }
}
