package lip.backend.openai.legacy;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import lip.api.Dialect;
import lip.api.Json;
import lip.api.call.Call;
import lip.api.call.Source;
import lip.api.message.Message;
import lip.api.option.Options;
import lip.api.option.OutputFormat;
import lip.api.option.Thinking;
import lip.backend.openai.legacy.profile.Profile;
import lip.sdk.fidelity.Fidelity;
import lip.support.json.JsonBuffer;
import lip.support.json.JsonReader;
import lip.support.json.JsonWriter;
import lip.support.json.MalformedJson;
import lip.support.openai.chat.OutputFormats;
import lip.support.provider.ForeignFields;
import org.jspecify.annotations.Nullable;

/** Writes a whole request from the canonical call. One per request. */
final class RequestEncoder {
  private final Call call;
  private final Profile profile;
  private final boolean sameDialect;
  private final Fidelity lost;
  private final JsonBuffer bytes;
  private final JsonWriter out;
  private final Set<String> written = new HashSet<>();
  private final Map<String, Json> extensions;

  /**
   * @param profile what the server wants otherwise
   * @param lost takes what cannot be said
   */
  RequestEncoder(Call call, Profile profile, Fidelity lost) {
    this.call = call;
    this.profile = profile;
    this.lost = lost;
    // What the client sent is mostly nearly as long.
    Source source = call.source();
    bytes = new JsonBuffer(4096 + (source == null ? 0 : source.body().length()));
    out = new JsonWriter(bytes);
    sameDialect = call.dialect().equals(Dialect.OPENAI_CHAT);
    extensions = call.extensions().of(Dialect.OPENAI_CHAT);
  }

  byte[] encode(List<Message> turns, String model, boolean streamed) {
    out.beginObject();
    name("model").value(model);
    name("messages").beginArray();
    new MessageEncoder(out, call, profile, lost).write(turns);
    out.endArray();
    new ToolEncoder(out, call, profile, lost).write(written);
    options(call.options());
    stream(streamed);
    extensions.forEach((name, value) -> {
      if (name.startsWith("tool_choice.")) {
        lost.lost(name, "the choice was written anew");
      } else if (written.add(name)) {
        out.name(name).raw(value);
      }
    });
    out.endObject().flush();
    ForeignFields.lost(lost, call.extensions(), Dialect.OPENAI_CHAT, "");
    for (String beta : call.betas()) {
      lost.lost("beta." + beta, ForeignFields.REASON);
    }
    return bytes.toBytes();
  }

  private void stream(boolean streamed) {
    name("stream").value(streamed);
    written.add("stream_options");
    if (!streamed || !profile.streamUsage()) {
      return;
    }
    Json options = extensions.getOrDefault("stream_options", Json.NULL);
    try {
      name("stream_options").raw(RequestBody.withUsage(options));
    } catch (MalformedJson e) {
      throw new IllegalStateException("a frontend checked them", e);
    }
  }

  private void options(Options o) {
    Integer max = o.maxOutputTokens();
    if (max != null) {
      boolean newWord = extensions.containsKey("max_completion_tokens");
      String word = newWord ? "max_completion_tokens" : "max_tokens";
      name(sameDialect ? word : profile.maxTokens()).value(max.longValue());
    }
    written.add("max_completion_tokens");
    number("temperature", o.temperature());
    number("top_p", o.topP());
    if (o.topK() != null) {
      if (!profile.topK() && !sameDialect) {
        lost.lost("top_k", "the server refuses it");
      } else {
        number("top_k", o.topK().doubleValue());
      }
    }
    number("frequency_penalty", o.frequencyPenalty());
    number("presence_penalty", o.presencePenalty());
    if (o.seed() != null) {
      name("seed").value(o.seed().longValue());
    }
    flag("logprobs", o.logprobs());
    if (o.topLogprobs() != null) {
      name("top_logprobs").value(o.topLogprobs().longValue());
    }
    if (o.candidates() != null) {
      name("n").value(o.candidates().longValue());
    }
    strings("stop", o.stop());
    strings("modalities", o.modalities());
    boolean about = sameDialect || !call.tools().isEmpty();
    flag("parallel_tool_calls", about ? o.parallelToolCalls() : null);
    format(o.outputFormat());
    thinking(o.thinking());
    text("verbosity", o.verbosity());
    if (sameDialect || call.dialect().equals(Dialect.OPENAI_RESPONSES)) {
      text("service_tier", o.serviceTier());
    } else if (o.serviceTier() != null) {
      lost.lost("service_tier", "its words are those of another provider");
    }
    text("user", o.userId());
    text("safety_identifier", o.safetyId());
    text("prompt_cache_key", o.promptCacheKey());
    text("prompt_cache_retention", o.promptCacheRetention());
    flag("store", o.store());
    if (o.truncation() != null) {
      lost.lost("truncation", "there is no such field");
    }
    if (!o.metadata().isEmpty()) {
      name("metadata").beginObject();
      o.metadata().forEach((label, value) -> out.name(label).value(value));
      out.endObject();
    }
  }

  private void format(@Nullable OutputFormat format) {
    if (format == null) {
      return;
    }
    Json received = extensions.get("response_format");
    if (received != null && says(received, format)) {
      name("response_format").raw(received);
      return;
    }
    written.add("response_format");
    if (!OutputFormats.write(out, format)) {
      lost.lost("output_format", "it has no form here");
    }
  }

  /**
   * Whether the object as received still means what the call says: a stage may have changed the
   * call.
   */
  private static boolean says(Json received, OutputFormat format) {
    try {
      return format.equals(OutputFormats.read(JsonReader.of(received)).format());
    } catch (MalformedJson e) {
      throw new IllegalStateException("a frontend checked it", e);
    }
  }

  private void thinking(@Nullable Thinking thinking) {
    if (thinking == null) {
      return;
    }
    String effort = thinking.effort();
    Integer budget = thinking.budgetTokens();
    String from = null;
    if (effort == null && budget != null && budget >= 0) {
      // Protocol page 4.8, read backwards.
      effort = budget == 0 ? "none" : budget <= 1024 ? "low" : budget <= 8192 ? "medium" : "high";
      from = "thinking.budget_tokens";
    } else if (budget != null) {
      lost.lost("thinking.budget_tokens", "effort is the only control of reasoning");
    }
    if (effort == null && thinking.level() != null) {
      effort = thinking.level().toLowerCase(java.util.Locale.ROOT);
      from = "thinking.level";
    }
    boolean disabled = "disabled".equals(thinking.mode());
    if (effort != null && !disabled) {
      name("reasoning_effort").value(effort);
      if (from != null) {
        lost.mapped(from, "reasoning_effort=" + effort, "effort is the only control of reasoning");
      }
    } else if (thinking.mode() != null) {
      lost.lost("thinking.mode=" + thinking.mode(), "effort is the only control of reasoning");
    }
    if (thinking.display() != null) {
      lost.lost("thinking.display", "there is no such field");
    }
  }

  private JsonWriter name(String name) {
    written.add(name);
    return out.name(name);
  }

  private void text(String name, @Nullable String value) {
    if (value != null) {
      name(name).value(value);
    }
  }

  private void flag(String name, @Nullable Boolean value) {
    if (value != null) {
      name(name).value(value.booleanValue());
    }
  }

  private void number(String name, @Nullable Double value) {
    if (value != null) {
      name(name);
      if (value == Math.rint(value) && Math.abs(value) < 1e15) {
        out.value(value.longValue());
      } else {
        out.value(value.doubleValue());
      }
    }
  }

  private void strings(String name, List<String> values) {
    if (!values.isEmpty()) {
      name(name).beginArray();
      values.forEach(out::value);
      out.endArray();
    }
  }
}
