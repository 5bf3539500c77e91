package lip.backend.anthropic;

import java.util.List;
import lip.api.Dialect;
import lip.api.Json;
import lip.api.call.Call;
import lip.api.call.Source;
import lip.api.message.Message;
import lip.api.message.Role;
import lip.api.option.Options;
import lip.sdk.fidelity.Fidelity;
import lip.support.anthropic.messages.Names;
import lip.support.json.JsonReader;
import lip.support.json.JsonWriter;
import lip.support.json.MalformedJson;
import lip.support.json.Splice;
import org.jspecify.annotations.Nullable;

/**
 * A request body and what belongs to it.
 *
 * @param bytes the body
 * @param version value of {@code anthropic-version}
 * @param betas values of {@code anthropic-beta}
 * @param tools names of the tools as the provider knows them
 */
record RequestBody(byte[] bytes, String version, List<String> betas, ToolNames tools) {
  private static final String SYSTEM_TURNS = "mid-conversation-system-";
  private static final List<String> SAMPLING = List.of("temperature", "top_p", "top_k");

  /**
   * The body for a call. One that the client sent in this dialect, and nobody changed, goes out as
   * it came in, unless the provider would refuse its history: only the model and the streaming is
   * set.
   *
   * @param configured the version of this instance; null = found out
   * @param streamed whether the server is asked to stream, whatever the client wants
   * @param fidelity takes what of the call is not in it, or not as it was said
   */
  static RequestBody of(
      Call call, String model, @Nullable String configured, boolean streamed, Fidelity fidelity) {
    String version = configured == null ? version(call) : configured;
    boolean newest = version.equals(Names.VERSION_2026);
    History history = History.of(call, newest || systemTurns(call));
    Source source = call.source();
    if (source != null
        && source.dialect().equals(Dialect.ANTHROPIC)
        && history.changes().isEmpty()) {
      byte[] bytes = spliced(source, model, streamed, newest, fidelity);
      return new RequestBody(bytes, version, call.betas(), ToolNames.unchanged());
    }
    history.changes().forEach(fidelity::report);
    ToolNames tools = ToolNames.of(call.tools());
    byte[] bytes = new RequestEncoder(call, history, newest, fidelity).encode(model, streamed);
    List<String> betas = call.dialect().equals(Dialect.ANTHROPIC) ? call.betas() : List.of();
    return new RequestBody(bytes, version, betas, tools);
  }

  /** Whether the client speaks the older version with turns of the operator in the dialogue. */
  private static boolean systemTurns(Call call) {
    return call.dialect().equals(Dialect.ANTHROPIC)
        && call.betas().stream().anyMatch(beta -> beta.startsWith(SYSTEM_TURNS));
  }

  /** The client's version, else the newest one that can say all of the call. */
  private static String version(Call call) {
    if (call.dialect().equals(Dialect.ANTHROPIC)) {
      Json said = call.extensions().of(Dialect.ANTHROPIC).get(Names.VERSION);
      return said == null ? Names.VERSION_2023 : text(said);
    }
    Options options = call.options();
    boolean sampling =
        options.temperature() != null || options.topP() != null || options.topK() != null;
    return sampling ? Names.VERSION_2023 : Names.VERSION_2026;
  }

  private static String text(Json json) {
    try {
      return JsonReader.of(json).string();
    } catch (MalformedJson e) {
      throw new IllegalStateException("a frontend made it", e);
    }
  }

  private static byte[] spliced(
      Source source, String model, boolean streamed, boolean newest, Fidelity fidelity) {
    try {
      Splice splice = Splice.of(source);
      splice.set("model", Json.of(JsonWriter.quote(model)));
      if (streamed || splice.has("stream")) {
        splice.set("stream", Json.of(Boolean.toString(streamed)));
      }
      for (String name : SAMPLING) {
        if (newest && splice.has(name)) {
          splice.remove(name);
          fidelity.lost(name, RequestEncoder.NO_SAMPLING);
        }
      }
      return splice.toBytes();
    } catch (MalformedJson e) {
      throw new IllegalStateException("a source that was decoded is an object", e);
    }
  }

  /** Whether a turn is the operator's. */
  static boolean isSystem(Message message) {
    return message.role().equals(Role.SYSTEM) || message.role().equals(Role.DEVELOPER);
  }
}
