package lip.backend.openai.legacy;

import lip.api.Dialect;
import lip.api.Json;
import lip.api.call.Call;
import lip.api.call.Source;
import lip.sdk.fidelity.Fidelity;
import lip.support.json.JsonWriter;
import lip.support.json.MalformedJson;
import lip.support.json.Splice;

/** Makes request bodies. */
final class RequestBody {
  private RequestBody() {}

  /**
   * The body for a call. One that the client sent in this dialect, and nobody changed, goes out as
   * it came in: only the model and what concerns streaming is set.
   *
   * @param streamed whether the server is asked to stream, whatever the client wants
   * @param openAi whether it is OpenAI itself, which refuses unknown fields
   * @param fidelity takes what of the call is not in it
   */
  static byte[] of(Call call, String model, boolean streamed, boolean openAi, Fidelity fidelity) {
    Source source = call.source();
    if (source != null && source.dialect().equals(Dialect.OPENAI_CHAT)) {
      try {
        return spliced(source.body(), model, streamed);
      } catch (MalformedJson e) {
        throw new IllegalStateException("a source that was decoded is an object", e);
      }
    }
    return new RequestEncoder(call, openAi, fidelity).encode(model, streamed);
  }

  private static byte[] spliced(Json body, String model, boolean streamed) throws MalformedJson {
    Splice splice = Splice.ofKnown(body.toBytes());
    set(splice, "model", Json.of(JsonWriter.quote(model)));
    if (streamed) {
      set(splice, "stream", Json.of("true"));
      Json options = splice.get("stream_options").orElse(Json.NULL);
      set(splice, "stream_options", withUsage(options));
    } else {
      if (splice.has("stream")) {
        set(splice, "stream", Json.of("false"));
      }
      splice.remove("stream_options");
    }
    return splice.toBytes();
  }

  /** Other members of the options stay. */
  static Json withUsage(Json options) throws MalformedJson {
    if (options.equals(Json.NULL)) {
      return Json.of("{\"include_usage\":true}");
    }
    Splice splice = Splice.of(options.toBytes());
    set(splice, "include_usage", Json.of("true"));
    byte[] bytes = splice.toBytes();
    return Json.slice(bytes, 0, bytes.length);
  }

  /** What already stands there keeps its spelling. */
  private static void set(Splice splice, String name, Json value) {
    if (!splice.get(name).filter(value::equals).isPresent()) {
      splice.set(name, value);
    }
  }
}
