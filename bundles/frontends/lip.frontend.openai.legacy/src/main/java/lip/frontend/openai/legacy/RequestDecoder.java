package lip.frontend.openai.legacy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import lip.api.Dialect;
import lip.api.InvalidCall;
import lip.api.Json;
import lip.api.call.Call;
import lip.api.call.Session;
import lip.api.call.Source;
import lip.api.message.Message;
import lip.api.option.Options;
import lip.api.option.Thinking;
import lip.api.tool.Tool;
import lip.api.tool.ToolChoice;
import lip.support.json.JsonKind;
import lip.support.json.JsonReader;
import lip.support.json.MalformedJson;
import lip.support.json.Members;
import lip.support.json.Recurring;
import lip.support.openai.chat.OutputFormats;
import org.jspecify.annotations.Nullable;

/** Reads the body of {@code POST /v1/chat/completions}. One per request. */
final class RequestDecoder {
  private final String traceId;
  private final @Nullable String route;
  private final Session session;
  private final JsonReader reader;
  private final byte[] body;
  private final Recurring<List<Tool>> knownTools;

  private final Options.Builder options = Options.builder();
  private @Nullable String model;
  private boolean streaming;
  private boolean includeUsage;
  private boolean foreignReasoning;
  private @Nullable List<Message> messages;
  private List<Tool> tools = List.of();
  private ToolChoice toolChoice = new ToolChoice.Auto();
  private @Nullable Integer maxTokens;
  private @Nullable Integer maxCompletionTokens;

  private RequestDecoder(
      String traceId,
      @Nullable String route,
      Session session,
      byte[] body,
      Recurring<List<Tool>> knownTools) {
    this.knownTools = knownTools;
    this.traceId = traceId;
    this.route = route;
    this.session = session;
    this.body = body;
    reader = JsonReader.of(body).atMost(JsonReader.MANY);
  }

  /**
   * Decodes a body.
   *
   * @param knownTools the tools of earlier requests
   * @throws BadRequest naming the parameter
   */
  static ChatRequest decode(
      String traceId,
      @Nullable String route,
      Session session,
      byte[] body,
      Recurring<List<Tool>> knownTools)
      throws BadRequest {
    if (body.length == 0) {
      throw new BadRequest("The request has no body; a JSON object is needed.", null, null);
    }
    try {
      return read(traceId, route, session, body, knownTools);
    } catch (MalformedJson e) {
      String path = e.path().isEmpty() ? null : e.path();
      String where = path == null ? "The request body" : "'" + path + "'";
      throw new BadRequest(
          where + ": " + e.problem() + (path == null ? " (at byte " + e.offset() + ")." : "."),
          path,
          null);
    } catch (InvalidCall e) {
      String param = param(e.field());
      throw new BadRequest("'" + param + "': " + problem(e) + ".", param, null);
    }
  }

  /** Only what does not decode can be a body of another form. */
  private static ChatRequest read(
      String traceId,
      @Nullable String route,
      Session session,
      byte[] body,
      Recurring<List<Tool>> knownTools)
      throws MalformedJson, BadRequest {
    try {
      return new RequestDecoder(traceId, route, session, body, knownTools).decode();
    } catch (MalformedJson | BadRequest | InvalidCall e) {
      if (!ResponsesShape.isIn(body)) {
        throw e;
      }
      byte[] chat = ResponsesShape.toChat(body);
      return new RequestDecoder(traceId, route, session, chat, knownTools).decode();
    }
  }

  private ChatRequest decode() throws MalformedJson, BadRequest {
    Members members = Members.ofBody(reader, Dialect.OPENAI_CHAT);
    for (String name; (name = members.next()) != null; ) {
      // null means "not said" for every field of this protocol.
      if (!reader.takeNull()) {
        member(name, members);
      }
    }
    reader.finish();
    if (messages == null) {
      throw new BadRequest("'messages' is needed.", "messages", "missing_required_parameter");
    }
    options.maxOutputTokens(maxCompletionTokens == null ? maxTokens : maxCompletionTokens);
    if (maxCompletionTokens != null && maxTokens != null) {
      members.put("max_tokens", Json.of(maxTokens.toString()));
    }
    Call call =
        Call.builder(traceId, Dialect.OPENAI_CHAT)
            .route(route)
            .model(model)
            .streaming(streaming)
            .session(session)
            .messages(messages)
            .tools(tools)
            .toolChoice(toolChoice)
            .options(options.build())
            .extensions(members.extensions())
            .source(
                foreignReasoning
                    ? null
                    : new Source(
                        Dialect.OPENAI_CHAT, Json.slice(body, 0, body.length), members.fields()))
            .build();
    return new ChatRequest(call, includeUsage);
  }

  private void member(String name, Members members) throws MalformedJson, BadRequest {
    switch (name) {
      case "model" -> model = reader.string();
      case "messages" -> messages = messages();
      case "stream" -> streaming = reader.bool();
      case "stream_options" -> {
        members.put(name, streamOptions(reader.raw()));
      }
      case "max_tokens" -> maxTokens = int32();
      case "max_completion_tokens" -> {
        maxCompletionTokens = int32();
        // The name itself is kept, so that a backend can say it the same way.
        members.put(name, Json.of(maxCompletionTokens.toString()));
      }
      case "temperature" -> options.temperature(reader.number());
      case "top_p" -> options.topP(reader.number());
      case "top_k" -> options.topK(int32());
      case "frequency_penalty" -> options.frequencyPenalty(reader.number());
      case "presence_penalty" -> options.presencePenalty(reader.number());
      case "seed" -> options.seed(reader.integer());
      case "logprobs" -> options.logprobs(reader.bool());
      case "top_logprobs" -> options.topLogprobs(int32());
      case "n" -> candidates();
      case "stop" -> options.stop(strings());
      case "tools" -> tools = knownTools.read(reader, ToolDecoder::tools);
      case "tool_choice" -> choice(members);
      case "parallel_tool_calls" -> options.parallelToolCalls(reader.bool());
      case "response_format" -> responseFormat(members);
      case "reasoning_effort" -> options.thinking(Thinking.effort(reader.string()));
      case "verbosity" -> options.verbosity(reader.string());
      case "modalities" -> options.modalities(strings());
      case "service_tier" -> options.serviceTier(reader.string());
      case "user" -> options.userId(reader.string());
      case "safety_identifier" -> options.safetyId(reader.string());
      case "prompt_cache_key" -> options.promptCacheKey(reader.string());
      case "prompt_cache_retention" -> options.promptCacheRetention(reader.string());
      case "store" -> options.store(reader.bool());
      case "metadata" -> metadata(members);
      default -> members.keep(name);
    }
  }

  private List<Message> messages() throws MalformedJson, BadRequest {
    List<Message> list = new ArrayList<>();
    MessageDecoder decoder = new MessageDecoder(reader);
    reader.beginArray();
    while (reader.nextElement()) {
      list.add(decoder.message(list.size()));
    }
    foreignReasoning = decoder.foreignReasoning();
    return list;
  }

  private Json streamOptions(Json raw) throws MalformedJson {
    JsonReader inner = JsonReader.of(raw);
    if (inner.peek() != JsonKind.OBJECT) {
      throw new MalformedJson("stream_options", "an object is needed", 0);
    }
    inner.beginObject();
    for (String name; (name = inner.nextMember()) != null; ) {
      if (name.equals("include_usage")) {
        if (inner.peek() != JsonKind.BOOLEAN) {
          throw new MalformedJson("stream_options.include_usage", "true or false is needed", 0);
        }
        includeUsage = inner.bool();
      }
    }
    return raw;
  }

  private void candidates() throws MalformedJson, BadRequest {
    long n = reader.integer();
    if (n != 1) {
      throw new BadRequest("'n': " + n + " is not supported; only 1 is.", "n", "unsupported_value");
    }
    options.candidates(1);
  }

  private void choice(Members members) throws MalformedJson {
    Json raw = reader.raw();
    ToolChoice known = ToolDecoder.choice(raw, members);
    if (known == null) {
      members.put("tool_choice", raw);
    } else {
      toolChoice = known;
    }
  }

  private void responseFormat(Members members) throws MalformedJson {
    Json raw = reader.raw();
    OutputFormats.Read read;
    try {
      read = OutputFormats.read(JsonReader.of(raw));
    } catch (MalformedJson e) {
      throw e.inside("response_format");
    }
    options.outputFormat(read.format());
    if (!read.whole()) {
      members.put("response_format", raw);
    }
  }

  private void metadata(Members members) throws MalformedJson {
    Json raw = reader.raw();
    try {
      labels(raw, members);
    } catch (MalformedJson e) {
      throw e.inside("metadata");
    }
  }

  private void labels(Json raw, Members members) throws MalformedJson {
    JsonReader inner = JsonReader.of(raw);
    if (inner.peek() != JsonKind.OBJECT) {
      throw inner.failure("an object is needed");
    }
    Map<String, String> labels = new LinkedHashMap<>();
    inner.beginObject();
    for (String name; (name = inner.nextMember()) != null; ) {
      if (inner.peek() != JsonKind.STRING) {
        // Not OpenAI's form, but some compatible server's.
        members.put("metadata", raw);
        return;
      }
      labels.put(name, inner.string());
    }
    options.metadata(labels);
  }

  private List<String> strings() throws MalformedJson {
    if (reader.peek() == JsonKind.STRING) {
      return List.of(reader.string());
    }
    if (reader.peek() != JsonKind.ARRAY) {
      throw reader.failure("a string or an array of strings is needed");
    }
    List<String> list = new ArrayList<>();
    reader.beginArray();
    while (reader.nextElement()) {
      list.add(reader.string());
    }
    return list;
  }

  private int int32() throws MalformedJson {
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
      case "user_id" -> "user";
      case "safety_id" -> "safety_identifier";
      default -> field;
    };
  }

  private static String problem(InvalidCall e) {
    String message = String.valueOf(e.getMessage());
    String prefix = e.field() + ": ";
    return message.startsWith(prefix) ? message.substring(prefix.length()) : message;
  }
}
