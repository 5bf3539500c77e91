package lip.frontend.openai.legacy;

import lip.api.call.Call;
import lip.api.call.Session;
import lip.support.json.Recurring;

/** Lets tests of another package decode a request. */
public final class OpenAiLegacyRequests {
  private OpenAiLegacyRequests() {}

  /** The call of a body. */
  public static Call decode(byte[] body) throws Exception {
    return RequestDecoder.decode("trace-1", null, Session.NONE, body, new Recurring<>()).call();
  }
}
