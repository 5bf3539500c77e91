package lip.testing.emulator.chat;

import java.util.HashMap;
import java.util.Map;
import lip.testing.emulator.Illegal;
import lip.testing.emulator.JsonValue;
import lip.testing.emulator.Shape;

/** What a Chat Completions request must look like. */
final class ChatRules {
  private static final Shape FORMAT =
      Shape.typed(
          Map.of(
              "text", Map.of(),
              "json_object", Map.of(),
              "json_schema",
                  Map.of(
                      "json_schema!",
                      Shape.members(
                          Map.of(
                              "name!", Shape.matching("[a-zA-Z0-9_-]{1,64}"),
                              "description", Shape.STRING.orNull(),
                              "schema", Shape.OBJECT,
                              "strict", Shape.BOOLEAN.orNull())))));

  private static final String[] TEXT_FIELDS = {
    "user", "safety_identifier", "prompt_cache_key", "prompt_cache_retention", "service_tier"
  };

  /** Fields of compatible servers: OpenRouter, vLLM, DeepSeek and others. */
  private static final String[] VENDOR_FIELDS = {
    "reasoning", "thinking", "enable_thinking", "chat_template_kwargs", "top_k", "min_p",
    "repetition_penalty", "provider", "models", "route", "plugins", "transforms"
  };

  private static final Map<String, Shape> FIELDS = new HashMap<>();

  static {
    FIELDS.put("model!", Shape.matching("(?s).{1,1024}"));
    FIELDS.put("messages!", MessageRules.MESSAGES);
    FIELDS.put("tools", ToolRules.TOOLS);
    FIELDS.put("tool_choice", ToolRules.CHOICE.orNull());
    FIELDS.put("parallel_tool_calls", Shape.BOOLEAN.orNull());
    FIELDS.put("stream", Shape.BOOLEAN.orNull());
    FIELDS.put(
        "stream_options",
        Shape.members(Map.of("include_usage", Shape.BOOLEAN, "include_obfuscation", Shape.BOOLEAN))
            .orNull());
    FIELDS.put("max_tokens", Shape.integer(1, Integer.MAX_VALUE).orNull());
    FIELDS.put("max_completion_tokens", Shape.integer(1, Integer.MAX_VALUE).orNull());
    FIELDS.put("temperature", Shape.number(0, 2).orNull());
    FIELDS.put("top_p", Shape.number(0, 1).orNull());
    FIELDS.put("frequency_penalty", Shape.number(-2, 2).orNull());
    FIELDS.put("presence_penalty", Shape.number(-2, 2).orNull());
    FIELDS.put("n", Shape.integer(1, 1).orNull());
    FIELDS.put("seed", Shape.integer(Long.MIN_VALUE, Long.MAX_VALUE).orNull());
    FIELDS.put("stop", Shape.stringOr(Shape.list(1, 4, Shape.STRING)).orNull());
    FIELDS.put("logit_bias", Shape.OBJECT.orNull());
    FIELDS.put("logprobs", Shape.BOOLEAN.orNull());
    FIELDS.put("top_logprobs", Shape.integer(0, 20).orNull());
    FIELDS.put("response_format", FORMAT);
    FIELDS.put(
        "reasoning_effort",
        Shape.oneOf("none", "minimal", "low", "medium", "high", "xhigh", "max").orNull());
    FIELDS.put("verbosity", Shape.oneOf("low", "medium", "high").orNull());
    FIELDS.put("modalities", Shape.list(1, 2, Shape.oneOf("text", "audio")).orNull());
    FIELDS.put("audio", Shape.OBJECT.orNull());
    FIELDS.put("prediction", Shape.OBJECT.orNull());
    FIELDS.put("metadata", metadata().orNull());
    FIELDS.put("store", Shape.BOOLEAN.orNull());
    FIELDS.put("web_search_options", Shape.OBJECT);
    FIELDS.put("prompt_cache_options", Shape.OBJECT);
    FIELDS.put("moderation", Shape.ANY);
    for (String text : TEXT_FIELDS) {
      FIELDS.put(text, Shape.STRING.orNull());
    }
    for (String vendor : VENDOR_FIELDS) {
      FIELDS.put(vendor, Shape.ANY);
    }
  }

  private ChatRules() {}

  /**
   * Passes, or throws {@link Illegal}.
   *
   * @param tolerant whether unknown top-level fields are legal
   */
  static void check(JsonValue.Obj body, boolean tolerant) {
    Shape.members(FIELDS, tolerant).check("", body);
    boolean streaming = body.get("stream").equals(JsonValue.of(true));
    Shape.need(
        streaming || absent(body, "stream_options"),
        "stream_options",
        "is only allowed together with stream: true");
    Shape.need(
        absent(body, "max_tokens") || absent(body, "max_completion_tokens"),
        "max_tokens",
        "and max_completion_tokens exclude each other");
    Shape.need(
        absent(body, "top_logprobs") || body.get("logprobs").equals(JsonValue.of(true)),
        "top_logprobs",
        "needs logprobs: true");
    ToolRules.check(body);
  }

  private static boolean absent(JsonValue.Obj body, String field) {
    return body.get(field).equals(JsonValue.Null.NULL);
  }

  private static Shape metadata() {
    return (path, value) -> {
      Shape.OBJECT.check(path, value);
      Map<String, JsonValue> members = ((JsonValue.Obj) value).members();
      Shape.need(members.size() <= 16, path, "has more than 16 entries");
      members.forEach((name, text) -> Shape.STRING.check(Shape.join(path, name), text));
    };
  }
}
