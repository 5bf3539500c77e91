package lip.backend.openai.legacy;

import java.util.Map;
import lip.api.Dialect;
import lip.api.Json;
import lip.api.call.Call;
import lip.api.call.Source;
import lip.backend.openai.legacy.profile.Profile;
import lip.sdk.fidelity.Fidelity;
import lip.support.json.JsonWriter;
import lip.support.json.MalformedJson;
import lip.support.json.Splice;

/** Makes request bodies. */
final class RequestBody {
  private RequestBody() {}

  /**
   * The body for a call. One that the client sent in this dialect, and nobody changed, goes out as
   * it came in, when the server takes that form: only the model and what concerns streaming is set.
   *
   * @param streamed whether the server is asked to stream, whatever the client wants
   * @param profile what the server wants otherwise
   * @param fidelity takes what of the call is not in it
   */
  static byte[] of(Call call, String model, boolean streamed, Profile profile, Fidelity fidelity) {
    Source source = call.source();
    Turns turns = Turns.of(call, profile, fidelity);
    byte[] bytes =
        source != null
                && source.dialect().equals(Dialect.OPENAI_CHAT)
                && !turns.changed()
                && Refused.nothingIn(call, profile)
            ? spliced(source, model, streamed, profile)
            : new RequestEncoder(call, profile, fidelity).encode(turns.messages(), model, streamed);
    return members(bytes, profile, fidelity);
  }

  private static byte[] spliced(Source source, String model, boolean streamed, Profile profile) {
    try {
      Splice splice = Splice.of(source);
      splice.set("model", Json.of(JsonWriter.quote(model)));
      if (streamed) {
        splice.set("stream", Json.of("true"));
      } else if (splice.has("stream")) {
        splice.set("stream", Json.of("false"));
      }
      if (streamed && profile.streamUsage()) {
        Json options = splice.get("stream_options").orElse(Json.NULL);
        splice.set("stream_options", withUsage(options));
      } else {
        splice.remove("stream_options");
      }
      return splice.toBytes();
    } catch (MalformedJson e) {
      throw new IllegalStateException("a source that was decoded is an object", e);
    }
  }

  /** Members that the server knows under another name, or not at all. */
  private static byte[] members(byte[] body, Profile profile, Fidelity fidelity) {
    if (profile.dropped().isEmpty() && profile.renamed().isEmpty()) {
      return body;
    }
    try {
      Splice splice = Splice.ofKnown(body);
      for (Map.Entry<String, String> name : profile.renamed().entrySet()) {
        Json value = splice.get(name.getKey()).orElse(null);
        if (value != null) {
          splice.remove(name.getKey());
          splice.set(name.getValue(), value);
        }
      }
      for (String name : profile.dropped()) {
        if (splice.has(name)) {
          splice.remove(name);
          fidelity.lost(name, "the server does not take it");
        }
      }
      return splice.toBytes();
    } catch (MalformedJson e) {
      throw new IllegalStateException("we wrote it, or a frontend read it", e);
    }
  }

  /** Other members of the options stay. */
  static Json withUsage(Json options) throws MalformedJson {
    if (options.equals(Json.NULL)) {
      return Json.of("{\"include_usage\":true}");
    }
    Splice splice = Splice.of(options.toBytes());
    splice.set("include_usage", Json.of("true"));
    byte[] bytes = splice.toBytes();
    return Json.slice(bytes, 0, bytes.length);
  }
}
