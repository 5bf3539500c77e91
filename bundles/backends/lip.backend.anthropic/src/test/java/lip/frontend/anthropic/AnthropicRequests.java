package lip.frontend.anthropic;

import java.util.Arrays;
import java.util.List;
import lip.api.call.Call;
import lip.sdk.http.Headers;
import lip.support.json.Recurring;

/** Lets tests of another package decode a request. */
public final class AnthropicRequests {
  private AnthropicRequests() {}

  /** The call of a body, sent with a version and betas. */
  public static Call decode(byte[] body, String version, String... betas) throws Exception {
    List<String> all = Arrays.asList(betas);
    return RequestDecoder.decode(
        new RequestHead("trace-1", null, version, all, Headers.NONE),
        body,
        false,
        new Recurring<>());
  }

  /** The call of a body that asks for a count. */
  public static Call count(byte[] body, String version, String... betas) throws Exception {
    return RequestDecoder.decode(
        new RequestHead("trace-1", null, version, Arrays.asList(betas), Headers.NONE),
        body,
        true,
        new Recurring<>());
  }
}
