package lip.frontend.openai.legacy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import lip.api.Dialect;
import lip.api.Extensions;
import lip.api.InvalidCall;
import lip.api.Json;
import lip.api.Meta;
import lip.api.message.Message;
import lip.api.message.Part;
import lip.api.message.Role;
import lip.support.json.JsonKind;
import lip.support.json.JsonReader;
import lip.support.json.MalformedJson;
import lip.support.json.Members;
import org.jspecify.annotations.Nullable;

/**
 * Reads the elements of {@code messages}, in order. One per request: old-style function results are
 * bound to the call before them.
 */
final class MessageDecoder {
  private static final String ROLES = "system, developer, user, assistant, tool, function";

  private final JsonReader reader;
  private final PartDecoder parts;
  private final Map<String, String> functionCalls = new HashMap<>();
  private boolean foreignReasoning;

  MessageDecoder(JsonReader reader) {
    this.reader = reader;
    parts = new PartDecoder(reader);
  }

  Message message(int index) throws MalformedJson, BadRequest {
    try {
      return new Turn(index).read();
    } catch (InvalidCall e) {
      String path = path(index);
      String param = path + "." + e.field();
      String message = String.valueOf(e.getMessage());
      throw new BadRequest(
          "'"
              + path
              + "."
              + message.substring(0, e.field().length())
              + "'"
              + message.substring(e.field().length())
              + ".",
          param,
          null);
    }
  }

  /** Whether something was in the messages that no provider of this protocol should see. */
  boolean foreignReasoning() {
    return foreignReasoning;
  }

  private static String path(int index) {
    return "messages[" + index + "]";
  }

  private static BadRequest missing(String param) {
    return new BadRequest("'" + param + "' is needed.", param, "missing_required_parameter");
  }

  /** One message on its way. */
  private final class Turn {
    private final int index;
    private @Nullable String role;
    private @Nullable String name;
    private @Nullable String toolCallId;
    private @Nullable List<Part> content;
    private @Nullable String reasoningText;
    private @Nullable Json reasoningDetails;
    private @Nullable List<Part> foreign;
    private @Nullable String refusal;
    private final List<Part> calls = new ArrayList<>();
    private Meta reasoningMeta = Meta.NONE;

    private Turn(int index) {
      this.index = index;
    }

    private Message read() throws MalformedJson, BadRequest {
      if (reader.peek() != JsonKind.OBJECT) {
        throw reader.failure("an object is needed");
      }
      Members members = new Members(reader, Dialect.OPENAI_CHAT);
      SequencedMap<String, Json> reasoningNames = null;
      for (String member; (member = members.next()) != null; ) {
        if (reader.takeNull()) {
          continue;
        }
        switch (member) {
          case "role" -> role = reader.string();
          case "name" -> name = reader.string();
          case "content" -> content = parts.content();
          case "tool_call_id" -> toolCallId = reader.string();
          case "tool_calls" -> toolCalls();
          case "function_call" -> functionCall();
          case "refusal" -> refusal = reader.string();
          case "reasoning_content", "reasoning" -> {
            if (reader.peek() == JsonKind.STRING) {
              String text = reader.string();
              reasoningText =
                  reasoningText == null || reasoningText.isEmpty() ? text : reasoningText;
              // Which name the client used, so that it can be said the same way; not the text
              // again.
              reasoningNames = reasoningNames == null ? new LinkedHashMap<>() : reasoningNames;
              reasoningNames.put(member, Json.NULL);
            } else {
              members.keep(member);
            }
          }
          case "reasoning_details" -> details(reader.raw());
          default -> members.keep(member);
        }
      }
      if (reasoningNames != null) {
        reasoningMeta = Meta.of(Extensions.of(Dialect.OPENAI_CHAT, reasoningNames));
      }
      return build(Meta.of(members.extensions()));
    }

    private void details(Json raw) throws MalformedJson {
      foreign = ForeignReasoning.open(raw);
      reasoningDetails = foreign == null ? raw : null;
      foreignReasoning |= foreign != null;
    }

    private Message build(Meta meta) throws BadRequest {
      if (role == null) {
        throw missing(path(index) + ".role");
      }
      return switch (role) {
        case "system" -> new Message(Role.SYSTEM, needed(), name, meta);
        case "developer" -> new Message(Role.DEVELOPER, needed(), name, meta);
        case "user" -> new Message(Role.USER, needed(), name, meta);
        case "assistant" -> new Message(Role.ASSISTANT, assistant(), name, meta);
        case "tool" -> {
          if (toolCallId == null || toolCallId.isEmpty()) {
            throw missing(path(index) + ".tool_call_id");
          }
          yield new Message(Role.TOOL, List.of(result(toolCallId)), null, meta);
        }
        case "function" -> {
          if (name == null) {
            throw missing(path(index) + ".name");
          }
          String id = functionCalls.getOrDefault(name, "call_function_" + index);
          yield new Message(Role.TOOL, List.of(result(id)), null, meta);
        }
        default ->
            throw new BadRequest(
                "'" + path(index) + ".role': unknown role; supported are " + ROLES + ".",
                path(index) + ".role",
                "invalid_value");
      };
    }

    private List<Part> needed() throws BadRequest {
      if (content == null) {
        throw missing(path(index) + ".content");
      }
      return content;
    }

    private Part result(String callId) {
      return new Part.ToolResult(
          callId, name, content == null ? List.of() : content, false, Meta.NONE);
    }

    /** Reasoning, text, refusal, calls: the order in which the model made them. */
    private List<Part> assistant() {
      List<Part> all = new ArrayList<>();
      if (foreign != null && !foreign.isEmpty()) {
        all.addAll(foreign);
      } else if (reasoningText != null || reasoningDetails != null) {
        all.add(
            new Part.Reasoning(
                Dialect.OPENAI_CHAT,
                reasoningText == null ? "" : reasoningText,
                List.of(),
                null,
                reasoningDetails,
                null,
                reasoningMeta));
      }
      if (content != null) {
        all.addAll(content);
      }
      if (refusal != null) {
        all.add(new Part.Refusal(refusal, Meta.NONE));
      }
      all.addAll(calls);
      return all;
    }

    private void toolCalls() throws MalformedJson {
      reader.beginArray();
      while (reader.nextElement()) {
        calls.add(ToolCallDecoder.read(reader));
      }
    }

    /** The old form has no id; the next result of that name belongs to it. */
    private void functionCall() throws MalformedJson {
      String called = "";
      String arguments = "";
      reader.beginObject();
      for (String member; (member = reader.nextMember()) != null; ) {
        switch (member) {
          case "name" -> called = reader.string();
          case "arguments" -> arguments = ToolCallDecoder.argumentText(reader);
          default -> {}
        }
      }
      String id = "call_function_" + index;
      functionCalls.put(called, id);
      calls.add(
          new Part.ToolCall(
              id,
              lip.api.tool.ToolKind.FUNCTION,
              called,
              arguments,
              Map.of("form", "function_call"),
              null,
              Meta.NONE));
    }
  }
}
