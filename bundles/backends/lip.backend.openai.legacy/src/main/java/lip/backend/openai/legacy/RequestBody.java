package lip.backend.openai.legacy;

import java.util.ArrayList;
import java.util.List;
import lip.api.Dialect;
import lip.api.Json;
import lip.api.call.Call;
import lip.api.call.Source;
import lip.support.json.JsonWriter;
import lip.support.json.MalformedJson;
import lip.support.json.Splice;

/**
 * A request body and what of the call is not in it.
 *
 * @param bytes the body
 * @param lost what could not be said, in words without content
 */
record RequestBody(byte[] bytes, List<String> lost) {
  /**
   * The body for a call. One that the client sent in this dialect, and nobody changed, goes out as
   * it came in: only the model and what concerns streaming is set.
   *
   * @param streamed whether the server is asked to stream, whatever the client wants
   * @param openAi whether it is OpenAI itself, which refuses unknown fields
   */
  static RequestBody of(Call call, String model, boolean streamed, boolean openAi) {
    Source source = call.source();
    if (source != null && source.dialect().equals(Dialect.OPENAI_CHAT)) {
      try {
        return new RequestBody(spliced(source.body(), model, streamed), List.of());
      } catch (MalformedJson e) {
        throw new IllegalStateException("a source that was decoded is an object", e);
      }
    }
    List<String> lost = new ArrayList<>();
    byte[] bytes = new RequestEncoder(call, openAi, lost).encode(model, streamed);
    return new RequestBody(bytes, List.copyOf(lost));
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
