package lip.testing.emulator.chat;

import lip.testing.emulator.JsonValue;
import org.jspecify.annotations.Nullable;

/** The JSON objects of the protocol. */
final class ChatFrames {
  /** All answers are from 2026-01-01, so that tests can compare them. */
  private static final long CREATED = 1_767_225_600L;

  private ChatFrames() {}

  static JsonValue.Obj usage(long prompt, long completion) {
    return JsonValue.object(
        "prompt_tokens",
        prompt,
        "completion_tokens",
        completion,
        "total_tokens",
        prompt + completion,
        "prompt_tokens_details",
        JsonValue.object("cached_tokens", 0, "audio_tokens", 0),
        "completion_tokens_details",
        JsonValue.object("reasoning_tokens", 0, "audio_tokens", 0));
  }

  /** A chunk; the delta null = a chunk without choices. */
  static JsonValue.Obj chunk(
      ChatRequest request, JsonValue.@Nullable Obj delta, @Nullable String finish) {
    JsonValue choices =
        delta == null
            ? JsonValue.array()
            : JsonValue.array(
                JsonValue.object(
                    "index", 0, "delta", delta, "logprobs", null, "finish_reason", finish));
    return head(request, "chat.completion.chunk").with("choices", choices);
  }

  static JsonValue.Obj completion(ChatRequest request, JsonValue.Obj message, String finish) {
    JsonValue.Obj choice =
        JsonValue.object("index", 0, "message", message, "logprobs", null, "finish_reason", finish);
    return head(request, "chat.completion").with("choices", JsonValue.array(choice));
  }

  private static JsonValue.Obj head(ChatRequest request, String object) {
    return JsonValue.object(
        "id",
        "chatcmpl-emulator-" + request.number(),
        "object",
        object,
        "created",
        CREATED,
        "model",
        request.model(),
        "system_fingerprint",
        "fp_emulator");
  }
}
