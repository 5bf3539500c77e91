package lip.testing.fuzz;

import lip.support.json.JsonReader;
import lip.support.json.MalformedJson;
import org.jspecify.annotations.Nullable;

/**
 * The error of a response in the form of OpenAI.
 *
 * @param message for a human
 * @param param the parameter; null = none
 */
record ErrorBody(String message, @Nullable String param) {
  static ErrorBody of(byte[] body) throws MalformedJson {
    String message = "";
    String param = null;
    JsonReader reader = JsonReader.of(body);
    reader.beginObject();
    Expect.that("error".equals(reader.nextMember()), "a refusal that is no error object");
    reader.beginObject();
    for (String name; (name = reader.nextMember()) != null; ) {
      switch (name) {
        case "message" -> message = reader.string();
        case "param" -> param = reader.stringOrNull();
        default -> reader.skip();
      }
    }
    return new ErrorBody(message, param);
  }

  /** A refusal of a body names the parameter, or says that it is the body as such. */
  void explains() {
    Expect.explained(message);
    Expect.that(param != null || message.startsWith("The request"), "which parameter? " + message);
  }
}
