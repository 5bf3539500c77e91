package lip.backend.openai.legacy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import lip.api.CacheMarker;
import lip.api.Dialect;
import lip.api.Json;
import lip.api.Meta;
import lip.api.call.Call;
import lip.api.message.Message;
import lip.api.message.Part;
import lip.api.message.Role;
import lip.api.tool.ToolKind;
import lip.backend.openai.legacy.profile.Profile;
import lip.sdk.fidelity.Fidelity;
import lip.support.json.JsonWriter;
import lip.support.provider.ForeignFields;

/** Writes the messages of a call as elements of an open array. */
final class MessageEncoder {
  private static final String FAILED = "Error: ";

  /** Start of the names of what stands inside a cache marker and is not known. */
  static final String MARKER = "cache_control.";

  private final JsonWriter out;
  private final boolean sameDialect;
  private final Profile profile;
  private final Fidelity lost;
  private final PartEncoder parts;
  private final List<Part> mediaOfResults = new ArrayList<>();
  private final Map<String, String> oldCalls = new HashMap<>();

  MessageEncoder(JsonWriter out, Call call, Profile profile, Fidelity lost) {
    this.out = out;
    sameDialect = call.dialect().equals(Dialect.OPENAI_CHAT);
    this.profile = profile;
    this.lost = lost;
    boolean markers = sameDialect || profile.cacheMarkers();
    boolean arrays = markers && (marked(call.instructions()) || marked(call.messages()));
    parts = new PartEncoder(out, sameDialect, profile, arrays, lost);
  }

  private static boolean marked(List<Message> messages) {
    return messages.stream().anyMatch(message -> markedParts(message.parts()));
  }

  private static boolean markedParts(List<Part> parts) {
    return parts.stream()
        .anyMatch(part ->
            part.meta().cache() != null
                || (part instanceof Part.ToolResult result && markedParts(result.content())));
  }

  void write(List<Message> messages) {
    for (int i = 0; i < messages.size(); i++) {
      message(messages.get(i));
      boolean more =
          i + 1 < messages.size()
              && messages.get(i + 1).parts().stream().anyMatch(Part.ToolResult.class::isInstance);
      if (!more) {
        flushMedia();
      }
    }
  }

  private void message(Message message) {
    List<Part> said = new ArrayList<>();
    boolean results = false;
    for (Part part : message.parts()) {
      if (part instanceof Part.ToolResult result) {
        result(message, result);
        results = true;
      } else {
        said.add(part);
      }
    }
    if (results && said.isEmpty()) {
      return;
    }
    if (message.role().equals(Role.ASSISTANT)) {
      assistant(message, said);
      return;
    }
    if (results) {
      flushMedia();
    }
    out.beginObject().name("role").value(role(message.role(), results));
    out.name("content");
    parts.content(said);
    rest(message);
    out.endObject();
  }

  private static String role(Role role, boolean results) {
    boolean operator = role.equals(Role.DEVELOPER) || role.equals(Role.SYSTEM);
    return operator && !results ? role.id() : "user";
  }

  private void assistant(Message message, List<Part> said) {
    List<Part> content = new ArrayList<>();
    List<Part.ToolCall> calls = new ArrayList<>();
    Part.Reasoning reasoning = null;
    StringBuilder refusal = null;
    for (Part part : said) {
      switch (part) {
        case Part.Reasoning piece -> {
          if (reasoning != null) {
            lost.lost("reasoning", "a turn has one piece of it here");
          }
          reasoning = reasoning == null ? piece : reasoning;
        }
        case Part.Refusal(var text, _) ->
            refusal = (refusal == null ? new StringBuilder() : refusal).append(text);
        case Part.ToolCall call -> calls.add(call);
        case Part.Text _, Part.Media _, Part.Opaque _, Part.ToolResult _, Part.Other _ ->
            content.add(part);
      }
    }
    out.beginObject().name("role").value("assistant");
    if (!content.isEmpty()) {
      out.name("content");
      parts.content(content);
    } else {
      // Servers want the member; with calls or a refusal it is null, else an empty text.
      boolean empty = calls.isEmpty() && refusal == null;
      out.name("content").value(empty || !profile.nullContent() ? "" : null);
    }
    if (refusal != null) {
      out.name("refusal").value(refusal.toString());
    }
    if (reasoning != null) {
      reasoning(reasoning);
    }
    calls(calls);
    rest(message);
    out.endObject();
  }

  /**
   * Opaque state goes back only to the dialect it came from; the visible text also to servers that
   * read it.
   */
  private void reasoning(Part.Reasoning reasoning) {
    boolean ours = reasoning.dialect().equals(Dialect.OPENAI_CHAT);
    String member = profile.reasoning();
    boolean text = !reasoning.text().isEmpty();
    if (!ours) {
      if (text && member != null) {
        out.name(member).value(reasoning.text());
      }
      if (!text || member == null || reasoning.signature() != null || reasoning.opaque() != null) {
        lost.lost(
            text && member != null ? "reasoning.signature" : "reasoning",
            "that of " + reasoning.dialect().id() + " is of no use here");
      }
      return;
    }
    Map<String, Json> names = reasoning.meta().extensions().of(Dialect.OPENAI_CHAT);
    if (profile.reasoningAsSent() && !names.isEmpty()) {
      names.keySet().forEach(name -> out.name(name).value(reasoning.text()));
    } else if (text) {
      out.name(member == null ? "reasoning_content" : member).value(reasoning.text());
    }
    if (reasoning.opaque() != null && profile.reasoningDetails()) {
      out.name("reasoning_details").raw(reasoning.opaque());
    } else if (reasoning.opaque() != null) {
      lost.lost("reasoning_details", "the server does not know them");
    }
  }

  private void calls(List<Part.ToolCall> calls) {
    boolean list = false;
    for (Part.ToolCall call : calls) {
      if ("function_call".equals(call.nativeIds().get("form"))) {
        oldCalls.put(call.id(), call.name());
        out.name("function_call").beginObject().name("name").value(call.name());
        out.name("arguments").value(call.arguments()).endObject();
        continue;
      }
      if (!list) {
        list = true;
        out.name("tool_calls").beginArray();
      }
      call(call);
    }
    if (list) {
      out.endArray();
    }
  }

  private void call(Part.ToolCall call) {
    ForeignFields.lost(lost, call.meta().extensions(), Dialect.OPENAI_CHAT, "tool_call.");
    if (call.meta().cache() != null) {
      lost.lost("cache_control", PartEncoder.NO_MARKERS);
    }
    boolean custom = call.kind().equals(ToolKind.CUSTOM);
    String kind = custom ? "custom" : "function";
    Map<String, Json> more = call.meta().extensions().of(Dialect.OPENAI_CHAT);
    out.beginObject().name("id").value(call.id()).name("type").value(kind);
    out.name(kind).beginObject().name("name").value(call.name());
    // Providers parse the text: empty is no JSON.
    String arguments = !custom && call.arguments().isBlank() ? "{}" : call.arguments();
    out.name(custom ? "input" : "arguments").value(arguments);
    members(more, kind + ".", true);
    out.endObject();
    if (call.signature() != null && !more.containsKey("extra_content")) {
      if (sameDialect) {
        out.name("extra_content").beginObject().name("google").beginObject();
        out.name("thought_signature").value(call.signature()).endObject().endObject();
      } else {
        lost.lost("tool_call.signature", "it belongs to another provider");
      }
    }
    members(more, kind + ".", false);
    out.endObject();
  }

  private void members(Map<String, Json> members, String prefix, boolean inner) {
    members.forEach((name, value) -> {
      if (name.startsWith(prefix) == inner) {
        out.name(inner ? name.substring(prefix.length()) : name).raw(value);
      }
    });
  }

  private void result(Message message, Part.ToolResult result) {
    String old = oldCalls.get(result.callId());
    if (old == null && result.callId().startsWith("call_function_") && result.name() != null) {
      old = result.name();
    }
    out.beginObject().name("role").value(old == null ? "tool" : "function");
    if (old == null) {
      out.name("tool_call_id").value(result.callId());
    }
    out.name("content");
    List<Part> content = new ArrayList<>();
    for (Part part : result.content()) {
      if (part instanceof Part.Media && !sameDialect) {
        // The protocol has text results only: pictures follow in a turn of the user.
        mediaOfResults.add(part);
        lost.mapped("tool_result.media", "a turn of the user", "results are texts here");
      } else {
        content.add(part);
      }
    }
    parts.content(result.error() ? failed(content) : content);
    if (result.error()) {
      lost.mapped("tool_result.is_error", "Error:", "results have no such flag here");
    }
    String name = old == null ? result.name() : old;
    if (name != null && (sameDialect || old != null)) {
      out.name("name").value(name);
    }
    ForeignFields.lost(lost, result.meta().extensions(), Dialect.OPENAI_CHAT, "tool_result.");
    if (result.meta().cache() != null) {
      // This dialect has no place for it itself.
      lost.lost("cache_control", PartEncoder.NO_MARKERS);
    }
    if (message.parts().size() == 1) {
      extensions(message);
    }
    out.endObject();
  }

  /** The protocol has no flag: the text says it, as tools of its own clients do. */
  private static List<Part> failed(List<Part> content) {
    List<Part> marked = new ArrayList<>(content);
    for (int i = 0; i < marked.size(); i++) {
      if (marked.get(i) instanceof Part.Text(var said, var notes, var odds, var meta)) {
        String text = said.text();
        if (!text.stripLeading().regionMatches(true, 0, "error", 0, "error".length())) {
          marked.set(i, new Part.Text(FAILED + text, notes, odds, meta));
        }
        return marked;
      }
    }
    marked.addFirst(Part.Text.of(FAILED.strip()));
    return marked;
  }

  private void flushMedia() {
    if (mediaOfResults.isEmpty()) {
      return;
    }
    out.beginObject().name("role").value("user").name("content");
    parts.content(mediaOfResults);
    out.endObject();
    mediaOfResults.clear();
  }

  private void rest(Message message) {
    if (message.name() != null) {
      out.name("name").value(message.name());
    }
    extensions(message);
  }

  private void extensions(Message message) {
    ForeignFields.lost(lost, message.meta().extensions(), Dialect.OPENAI_CHAT, "message.");
    message
        .meta()
        .extensions()
        .of(Dialect.OPENAI_CHAT)
        .forEach((name, value) -> out.name(name).raw(value));
  }

  static void cacheControl(JsonWriter out, Meta meta) {
    CacheMarker cache = meta.cache();
    if (cache != null) {
      out.name("cache_control").beginObject().name("type").value(cache.type());
      if (cache.ttl() != null) {
        out.name("ttl").value(cache.ttl());
      }
      meta.extensions()
          .of(Dialect.OPENAI_CHAT)
          .forEach((name, value) -> {
            if (name.startsWith(MARKER)) {
              out.name(name.substring(MARKER.length())).raw(value);
            }
          });
      out.endObject();
    }
  }
}
