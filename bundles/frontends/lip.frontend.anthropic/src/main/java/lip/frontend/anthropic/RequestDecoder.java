package lip.frontend.anthropic;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import lip.api.Dialect;
import lip.api.InvalidCall;
import lip.api.Json;
import lip.api.call.Call;
import lip.api.call.Source;
import lip.api.message.Message;
import lip.api.message.Part;
import lip.api.message.Role;
import lip.api.option.Options;
import lip.api.option.OutputFormat;
import lip.api.option.Thinking;
import lip.api.tool.Tool;
import lip.api.tool.ToolChoice;
import lip.support.anthropic.messages.Names;
import lip.support.json.JsonKind;
import lip.support.json.JsonReader;
import lip.support.json.JsonWriter;
import lip.support.json.MalformedJson;
import lip.support.json.Members;
import lip.support.json.Recurring;
import org.jspecify.annotations.Nullable;

/** Reads the body of {@code POST /v1/messages} and of its {@code count_tokens}. One per request. */
final class RequestDecoder {
  /** Names the conversation that a provider keeps. */
  static final String THREAD = "thread";

  private final RequestHead head;
  private final byte[] body;
  private final JsonReader reader;
  private final boolean counting;
  private final Recurring<List<Tool>> knownTools;

  private final Options.Builder options = Options.builder();
  private @Nullable String model;
  private boolean streaming;
  private @Nullable List<Message> messages;
  private List<Message> instructions = List.of();
  private List<Tool> tools = List.of();
  private ToolChoice toolChoice = new ToolChoice.Auto();
  private @Nullable Integer maxTokens;
  private @Nullable Thinking thinking;
  private @Nullable String effort;
  private @Nullable String sessionId;
  private @Nullable String resumeToken;
  private @Nullable String userId;

  private RequestDecoder(
      RequestHead head, byte[] body, boolean counting, Recurring<List<Tool>> knownTools) {
    this.knownTools = knownTools;
    this.head = head;
    this.body = body;
    this.counting = counting;
    reader = JsonReader.of(body).atMost(JsonReader.MANY);
  }

  /**
   * Decodes a body.
   *
   * @param counting whether tokens are to be counted only: then no output limit is needed
   * @param knownTools the tools of earlier requests
   * @throws BadRequest naming the parameter
   */
  static Call decode(
      RequestHead head, byte[] body, boolean counting, Recurring<List<Tool>> knownTools)
      throws BadRequest {
    if (body.length == 0) {
      throw new BadRequest("The request has no body; a JSON object is needed.", null);
    }
    try {
      return new RequestDecoder(head, body, counting, knownTools).decode();
    } catch (MalformedJson e) {
      String path = e.path().isEmpty() ? null : e.path();
      String where = path == null ? "The request body" : path;
      throw new BadRequest(
          where + ": " + e.problem() + (path == null ? " (at byte " + e.offset() + ")." : "."),
          path);
    } catch (InvalidCall e) {
      String param = param(e.field());
      String message = String.valueOf(e.getMessage());
      String problem = message.substring(Math.min(message.length(), e.field().length() + 2));
      throw new BadRequest(param + ": " + problem + ".", param);
    }
  }

  private Call decode() throws MalformedJson, BadRequest {
    Members members = Members.ofBody(reader, Dialect.ANTHROPIC);
    for (String name; (name = members.next()) != null; ) {
      // null means "not said" for every optional field of this protocol.
      if (!reader.takeNull()) {
        member(name, members);
      }
    }
    reader.finish();
    if (messages == null) {
      throw new BadRequest("messages: is needed.", "messages");
    }
    if (maxTokens == null && !counting) {
      throw new BadRequest("max_tokens: is needed.", "max_tokens");
    }
    if (!head.version().equals(Names.VERSION_2023)) {
      members.put(Names.VERSION, Json.of(JsonWriter.quote(head.version())));
    }
    if (effort != null) {
      Thinking t = thinking == null ? new Thinking(null, null, null, null, null) : thinking;
      thinking = new Thinking(t.mode(), effort, t.budgetTokens(), t.level(), t.display());
    }
    options.maxOutputTokens(maxTokens).thinking(thinking);
    return Call.builder(head.traceId(), Dialect.ANTHROPIC)
        .route(head.route())
        .model(model)
        .streaming(streaming)
        .session(head.session(sessionId, resumeToken, userId))
        .instructions(instructions)
        .messages(messages)
        .tools(tools)
        .toolChoice(toolChoice)
        .options(options.build())
        .extensions(members.extensions())
        .betas(head.betas())
        .source(new Source(Dialect.ANTHROPIC, Json.slice(body, 0, body.length), members.fields()))
        .build();
  }

  private void member(String name, Members members) throws MalformedJson, BadRequest {
    switch (name) {
      case "model" -> model = reader.string();
      case "messages" -> messages = new MessageDecoder(reader).messages();
      case "system" -> instructions = system();
      case "max_tokens" -> maxTokens = int32(reader);
      case "stream" -> streaming = reader.bool();
      case "temperature" -> options.temperature(reader.number());
      case "top_p" -> options.topP(reader.number());
      case "top_k" -> options.topK(int32(reader));
      case "stop_sequences" -> options.stop(strings());
      case "tools" -> tools = knownTools.read(reader, ToolDecoder::tools);
      case "tool_choice" -> toolChoice = choice(members);
      case "thinking" -> thinking = thinking(members);
      case "output_config" -> outputConfig(members);
      case "output_format" -> options.outputFormat(outputFormat(reader, members, "output_format."));
      case "metadata" -> metadata(members);
      case "service_tier" -> options.serviceTier(reader.string());
      // Kept under an id of the provider, by one account: the next turn may go elsewhere.
      case THREAD ->
          throw BadRequest.unsupported(
              "thread: conversations are not kept here; send all messages in every turn.", THREAD);
      default -> members.keep(name);
    }
  }

  private List<Message> system() throws MalformedJson {
    if (reader.peek() == JsonKind.STRING) {
      return List.of(Message.text(Role.SYSTEM, reader.string()));
    }
    if (reader.peek() != JsonKind.ARRAY) {
      throw reader.failure("a string or an array of text blocks is needed");
    }
    List<Part> blocks = BlockDecoder.blocks(reader, true);
    return blocks.isEmpty() ? List.of() : List.of(Message.of(Role.SYSTEM, blocks));
  }

  private ToolChoice choice(Members members) throws MalformedJson {
    ToolDecoder.Choice choice = ToolDecoder.choice(reader, members);
    if (choice.alone() != null) {
      options.parallelToolCalls(!choice.alone());
    }
    return choice.choice();
  }

  private Thinking thinking(Members outer) throws MalformedJson {
    String mode = null;
    Integer budget = null;
    String display = null;
    Members members = new Members(reader, Dialect.ANTHROPIC);
    for (String name; (name = members.next()) != null; ) {
      switch (name) {
        case "type" -> mode = reader.string();
        case "budget_tokens" -> budget = reader.takeNull() ? null : (Integer) int32(reader);
        case "display" -> display = reader.stringOrNull();
        default -> outer.put("thinking." + name, reader.raw());
      }
    }
    if (mode == null) {
      throw new MalformedJson("thinking.type", "is needed", 0);
    }
    return new Thinking(mode, null, budget, null, display);
  }

  private void outputConfig(Members outer) throws MalformedJson {
    Members members = new Members(reader, Dialect.ANTHROPIC);
    for (String name; (name = members.next()) != null; ) {
      if (reader.takeNull()) {
        continue;
      }
      switch (name) {
        case "effort" -> effort = reader.string();
        case "format" -> options.outputFormat(outputFormat(reader, outer, "output_config.format."));
        default -> outer.put("output_config." + name, reader.raw());
      }
    }
  }

  private static @Nullable OutputFormat outputFormat(
      JsonReader reader, Members outer, String prefix) throws MalformedJson {
    String path = reader.path();
    Json raw = reader.raw();
    JsonReader inner = JsonReader.of(raw);
    if (inner.peek() != JsonKind.OBJECT) {
      throw new MalformedJson(path, "an object is needed", 0);
    }
    String type = null;
    Json schema = null;
    Map<String, Json> more = new LinkedHashMap<>();
    inner.beginObject();
    for (String name; (name = inner.nextMember()) != null; ) {
      switch (name) {
        case "type" -> type = inner.peek() == JsonKind.STRING ? inner.string() : null;
        case "schema" -> schema = inner.raw();
        default -> more.put(name, inner.raw());
      }
    }
    if (type == null) {
      throw new MalformedJson(path + ".type", "is needed", 0);
    }
    if (type.equals("json_schema")) {
      if (schema == null) {
        throw new MalformedJson(path + ".schema", "is needed", 0);
      }
      more.forEach((name, value) -> outer.put(prefix + name, value));
      return new OutputFormat.JsonSchema(null, null, schema, null);
    }
    // A form that is younger than this: only the provider knows what it means.
    outer.put(prefix.substring(0, prefix.length() - 1), raw);
    return null;
  }

  private void metadata(Members outer) throws MalformedJson {
    Members members = new Members(reader, Dialect.ANTHROPIC);
    for (String name; (name = members.next()) != null; ) {
      boolean text = reader.peek() == JsonKind.STRING;
      switch (name) {
        case "user_id" -> {
          userId = reader.stringOrNull();
          options.userId(userId);
        }
        case "lip_session_id" -> sessionId = reader.stringOrNull();
        case "lip_resume_token" -> resumeToken = reader.stringOrNull();
        default -> {
          Json value = reader.raw();
          if (text || !value.equals(Json.NULL)) {
            outer.put("metadata." + name, value);
          }
        }
      }
    }
  }

  private List<String> strings() throws MalformedJson {
    List<String> list = new ArrayList<>();
    reader.beginArray();
    while (reader.nextElement()) {
      list.add(reader.string());
    }
    return list;
  }

  static int int32(JsonReader reader) throws MalformedJson {
    long value = reader.integer();
    if (value != (int) value) {
      throw reader.failure("is too large a number");
    }
    return (int) value;
  }

  /** The canonical model says some names in its own words. */
  private static String param(String field) {
    return switch (field) {
      case "max_output_tokens" -> "max_tokens";
      case "user_id" -> "metadata.user_id";
      case "stop" -> "stop_sequences";
      case "instructions" -> "system";
      default -> field;
    };
  }
}
