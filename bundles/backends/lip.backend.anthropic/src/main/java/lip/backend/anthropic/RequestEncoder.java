package lip.backend.anthropic;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import lip.api.Dialect;
import lip.api.Json;
import lip.api.call.Call;
import lip.api.message.Message;
import lip.api.message.Part;
import lip.api.message.Role;
import lip.api.option.Options;
import lip.api.option.OutputFormat;
import lip.support.anthropic.messages.Names;
import lip.support.json.JsonWriter;
import org.jspecify.annotations.Nullable;

/** Writes a whole request from the canonical call. One per request. */
final class RequestEncoder {
  private static final String ONLY_JSON =
      "Answer with one JSON object and nothing else: no prose, no code fence.";

  private final Call call;
  private final History history;
  private final boolean newest;
  private final boolean sameDialect;
  private final List<String> changes;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(4096);
  private final JsonWriter out = new JsonWriter(bytes);
  private final Set<String> written = new HashSet<>();
  private final Map<String, Json> extensions;
  private final Markers markers;
  private final BlockEncoder blocks;

  /**
   * @param newest whether the version is that of October 2026
   * @param changes takes what cannot be said, or not as it was said
   */
  RequestEncoder(
      Call call, History history, boolean newest, ToolNames tools, List<String> changes) {
    this.call = call;
    this.history = history;
    this.newest = newest;
    this.changes = changes;
    sameDialect = call.dialect().equals(Dialect.ANTHROPIC);
    extensions = call.extensions().of(Dialect.ANTHROPIC);
    markers = Markers.of(call, history, changes);
    blocks = new BlockEncoder(out, markers, changes);
  }

  byte[] encode(String model, boolean streamed) {
    Options o = call.options();
    out.beginObject();
    name("model").value(model);
    ThinkingPlan plan = ThinkingPlan.of(call, history, model, changes);
    name("max_tokens").value(plan.maxTokens());
    system(o.outputFormat());
    new ToolEncoder(out, blocks, changes).write(call, written);
    messages();
    name("stream").value(streamed);
    sampling(o, plan);
    stops(o.stop());
    thinking(plan);
    outputConfig(plan.effort(), o.outputFormat());
    metadata(o);
    if (o.serviceTier() != null) {
      if (sameDialect) {
        name("service_tier").value(o.serviceTier());
      } else if (!o.serviceTier().equals("auto") && !o.serviceTier().equals("default")) {
        changes.add("service_tier");
      }
    }
    written.add(Names.VERSION);
    extensions.forEach((name, value) -> {
      if (!nested(name) && written.add(name)) {
        out.name(name).raw(value);
      }
    });
    out.endObject().flush();
    lost(o);
    return bytes.toByteArray();
  }

  private static boolean nested(String name) {
    return name.startsWith("thinking.")
        || name.startsWith("output_config.")
        || name.startsWith("metadata.");
  }

  private void system(@Nullable OutputFormat format) {
    List<Part> parts = new ArrayList<>();
    history.instructions().forEach(message -> parts.addAll(message.parts()));
    if (format instanceof OutputFormat.JsonObject) {
      changes.add("response format json_object became an instruction");
      parts.add(Part.Text.of(ONLY_JSON));
    }
    if (!parts.isEmpty()) {
      name("system");
      blocks.content(parts);
    }
  }

  private void messages() {
    markers.dialogue();
    name("messages").beginArray();
    for (Message turn : history.turns()) {
      out.beginObject().name("role").value(role(turn.role()));
      out.name("content");
      blocks.content(turn.parts());
      turn.meta()
          .extensions()
          .of(Dialect.ANTHROPIC)
          .forEach((name, value) -> out.name(name).raw(value));
      out.endObject();
    }
    out.endArray();
  }

  private static String role(Role role) {
    return role.equals(Role.ASSISTANT) ? "assistant" : role.equals(Role.SYSTEM) ? "system" : "user";
  }

  private void sampling(Options o, ThinkingPlan plan) {
    if (newest) {
      sampling("temperature", o.temperature());
      sampling("top_p", o.topP());
      sampling("top_k", o.topK());
      return;
    }
    Double temperature = o.temperature();
    if (temperature != null && !sameDialect) {
      if (plan.thinks() && temperature != 1) {
        changes.add("temperature");
        temperature = null;
      } else if (temperature > 1) {
        changes.add("temperature above 1 became 1");
        temperature = 1.0;
      }
    }
    number("temperature", temperature);
    // Models refuse both together, and 1 says nothing.
    boolean needless = !sameDialect && temperature != null && o.topP() != null && o.topP() == 1;
    number("top_p", needless ? null : o.topP());
    if (o.topK() != null) {
      name("top_k").value(o.topK().longValue());
    }
  }

  private void sampling(String name, @Nullable Object value) {
    if (value != null) {
      changes.add(name);
    }
  }

  private void stops(List<String> stops) {
    List<String> legal = stops.stream().filter(stop -> !stop.isBlank()).toList();
    if (legal.size() < stops.size()) {
      changes.add("stop sequences of white space");
    }
    if (!legal.isEmpty()) {
      name("stop_sequences").beginArray();
      legal.forEach(out::value);
      out.endArray();
    }
  }

  private void thinking(ThinkingPlan plan) {
    String mode = plan.mode();
    if (mode == null) {
      return;
    }
    name("thinking").beginObject().name("type").value(mode);
    if (plan.budget() != null) {
      out.name("budget_tokens").value(plan.budget().longValue());
    }
    if (plan.display() != null) {
      out.name("display").value(plan.display());
    }
    members("thinking.");
    out.endObject();
  }

  private void outputConfig(@Nullable String effort, @Nullable OutputFormat format) {
    OutputFormat.JsonSchema schema = format instanceof OutputFormat.JsonSchema s ? s : null;
    boolean more = extensions.keySet().stream().anyMatch(n -> n.startsWith("output_config."));
    if (effort == null && schema == null && !more) {
      return;
    }
    name("output_config").beginObject();
    if (effort != null) {
      out.name("effort").value(effort);
    }
    if (schema != null) {
      out.name("format").beginObject().name("type").value("json_schema");
      out.name("schema").raw(schema.schema()).endObject();
    }
    members("output_config.");
    out.endObject();
    if (format instanceof OutputFormat.Other other) {
      changes.add("output format " + other.type());
    }
  }

  private void metadata(Options o) {
    String user = o.userId() == null ? o.safetyId() : o.userId();
    boolean more = extensions.keySet().stream().anyMatch(n -> n.startsWith("metadata."));
    if (user != null || more) {
      name("metadata").beginObject();
      if (user != null) {
        out.name("user_id").value(user);
      }
      members("metadata.");
      out.endObject();
    }
  }

  private void members(String prefix) {
    extensions.forEach((name, value) -> {
      if (name.startsWith(prefix)) {
        out.name(name.substring(prefix.length())).raw(value);
      }
    });
  }

  /** What this protocol has no word for. */
  private void lost(Options o) {
    lost("seed", o.seed());
    lost("frequency_penalty", o.frequencyPenalty());
    lost("presence_penalty", o.presencePenalty());
    lost("logprobs", Boolean.TRUE.equals(o.logprobs()) ? true : null);
    lost("verbosity", o.verbosity());
    lost("prompt_cache_key", o.promptCacheKey());
    lost("prompt_cache_retention", o.promptCacheRetention());
    lost("store", Boolean.TRUE.equals(o.store()) ? true : null);
    lost("truncation", o.truncation());
    lost("metadata", o.metadata().isEmpty() ? null : true);
    call.extensions()
        .byDialect()
        .forEach((dialect, fields) -> {
          if (!dialect.equals(Dialect.ANTHROPIC)) {
            List<String> names = new ArrayList<>(fields.sequencedKeySet());
            // Said by the canonical call, or about the stream only.
            names.removeAll(List.of("stream_options", "max_completion_tokens", "max_tokens"));
            if (!names.isEmpty()) {
              changes.add("fields of " + dialect.id() + ": " + names);
            }
          }
        });
    if (!call.betas().isEmpty() && !sameDialect) {
      changes.add("betas");
    }
  }

  private void lost(String name, @Nullable Object value) {
    if (value != null) {
      changes.add(name);
    }
  }

  private JsonWriter name(String name) {
    written.add(name);
    return out.name(name);
  }

  private void number(String name, @Nullable Double value) {
    if (value != null) {
      name(name);
      if (value == Math.rint(value)) {
        out.value(value.longValue());
      } else {
        out.value(value.doubleValue());
      }
    }
  }
}
