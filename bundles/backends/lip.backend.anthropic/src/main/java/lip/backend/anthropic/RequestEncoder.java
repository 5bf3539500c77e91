package lip.backend.anthropic;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import lip.api.Dialect;
import lip.api.Json;
import lip.api.call.Call;
import lip.api.call.Source;
import lip.api.message.Message;
import lip.api.message.Part;
import lip.api.message.Role;
import lip.api.option.Options;
import lip.api.option.OutputFormat;
import lip.sdk.fidelity.Fidelity;
import lip.support.anthropic.messages.Names;
import lip.support.json.JsonBuffer;
import lip.support.json.JsonWriter;
import lip.support.provider.ForeignFields;
import org.jspecify.annotations.Nullable;

/** Writes a whole request from the canonical call. One per request. */
final class RequestEncoder {
  static final String NO_SAMPLING = "this version of the protocol has no sampling parameters";

  /** Start of the names of what stands inside a format and is not known. */
  private static final String FORMAT = "output_config.format.";

  /** Said by the canonical call, or about the stream only. */
  private static final Set<String> SAID_OTHERWISE =
      Set.of("stream_options", "max_completion_tokens", "max_tokens");

  private static final String ONLY_JSON =
      "Answer with one JSON object and nothing else: no prose, no code fence.";

  private final Call call;
  private final History history;
  private final boolean newest;
  private final boolean sameDialect;
  private final Fidelity fidelity;
  private final JsonBuffer bytes;
  private final JsonWriter out;
  private final Set<String> written = new HashSet<>();
  private final Map<String, Json> extensions;
  private final Markers markers;
  private final BlockEncoder blocks;

  /**
   * @param newest whether the version is that of October 2026
   * @param fidelity takes what cannot be said, or not as it was said
   */
  RequestEncoder(Call call, History history, boolean newest, Fidelity fidelity) {
    this.call = call;
    this.history = history;
    this.newest = newest;
    this.fidelity = fidelity;
    // What the client sent is mostly nearly as long.
    Source source = call.source();
    bytes = new JsonBuffer(4096 + (source == null ? 0 : source.body().length()));
    out = new JsonWriter(bytes);
    sameDialect = call.dialect().equals(Dialect.ANTHROPIC);
    extensions = call.extensions().of(Dialect.ANTHROPIC);
    markers = Markers.of(call, history, fidelity);
    blocks = new BlockEncoder(out, markers, fidelity);
  }

  byte[] encode(String model, boolean streamed) {
    Options o = call.options();
    out.beginObject();
    name("model").value(model);
    ThinkingPlan plan = ThinkingPlan.of(call, history, model, fidelity);
    name("max_tokens").value(plan.maxTokens());
    system(o.outputFormat());
    new ToolEncoder(out, blocks, fidelity).write(call, written);
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
        fidelity.lost("service_tier", "its words are those of another provider");
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
    return bytes.toBytes();
  }

  private static boolean nested(String name) {
    return name.startsWith("thinking.")
        || name.startsWith("output_config.")
        || name.startsWith("output_format.")
        || name.startsWith("tool_choice.")
        || name.startsWith("metadata.");
  }

  private void system(@Nullable OutputFormat format) {
    List<Part> parts = new ArrayList<>();
    history.instructions().forEach(message -> parts.addAll(message.parts()));
    if (format instanceof OutputFormat.JsonObject) {
      fidelity.mapped(
          "output_format=json_object", "an instruction", "only schemas can be demanded here");
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
      ForeignFields.lost(fidelity, turn.meta().extensions(), Dialect.ANTHROPIC, "message.");
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
        fidelity.lost("temperature", "a model that reasons takes none");
        temperature = null;
      } else if (temperature > 1) {
        fidelity.mapped("temperature", "1", "it ends at 1 here");
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
      fidelity.lost(name, NO_SAMPLING);
    }
  }

  private void stops(List<String> stops) {
    List<String> legal = stops.stream().filter(stop -> !stop.isBlank()).toList();
    if (legal.size() < stops.size()) {
      fidelity.lost("stop", "those of white space are refused");
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
    if (format instanceof OutputFormat.Other other) {
      fidelity.lost("output_format." + other.type(), "it has no form here");
    }
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
      out.name("schema").raw(schema.schema());
      members("output_format.");
      members(FORMAT);
      out.endObject();
      lost("output_format.description", schema.description());
      if (Boolean.FALSE.equals(schema.strict())) {
        fidelity.mapped("output_format.strict", "true", "a schema is always kept to here");
      }
    }
    members("output_config.");
    out.endObject();
  }

  private void metadata(Options o) {
    String user = o.userId() == null ? o.safetyId() : o.userId();
    if (o.userId() != null) {
      lost("safety_id", o.safetyId());
    } else if (o.safetyId() != null) {
      fidelity.mapped("safety_id", "metadata.user_id", "the only place for an end user");
    }
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
      boolean deeper = prefix.equals("output_config.") && name.startsWith(FORMAT);
      if (name.startsWith(prefix) && !deeper) {
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
    lost("top_logprobs", o.topLogprobs());
    lost("n", o.candidates() == null || o.candidates() == 1 ? null : o.candidates());
    for (String modality : o.modalities()) {
      lost("modality." + modality, modality.equals("text") ? null : true);
    }
    lost("verbosity", o.verbosity());
    lost("prompt_cache_key", o.promptCacheKey());
    lost("prompt_cache_retention", o.promptCacheRetention());
    lost("store", Boolean.TRUE.equals(o.store()) ? true : null);
    lost("truncation", o.truncation());
    lost("metadata", o.metadata().isEmpty() ? null : true);
    ForeignFields.lost(fidelity, call.extensions(), Dialect.ANTHROPIC, "", SAID_OTHERWISE);
    if (!sameDialect) {
      call.betas().forEach(beta -> fidelity.lost("beta." + beta, ForeignFields.REASON));
    }
  }

  private void lost(String name, @Nullable Object value) {
    if (value != null) {
      fidelity.lost(name, "there is no such field");
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
