package lip.backend.anthropic;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import lip.api.failure.UpstreamFailure;
import lip.sdk.Instance;
import lip.sdk.backend.ModelInfo;
import lip.sdk.http.Headers;
import lip.sdk.upstream.Request;
import lip.support.json.MalformedJson;
import lip.support.provider.Inventory;
import lip.support.provider.Keys;
import lip.support.provider.ModelsBody;
import lip.support.provider.Redaction;

/** Asks for {@code /models}, page by page. */
record ModelsRequest(Instance instance, Endpoint endpoint, Keys keys, String version)
    implements Inventory.Ask {
  private static final int MOST_PAGES = 20;

  @Override
  public List<ModelInfo> models(Inventory.Asking asking) throws UpstreamFailure, MalformedJson {
    Keys.Key key = keys.pick();
    Headers headers = Endpoint.headers(version, key).plus("Accept", "application/json");
    List<ModelInfo> all = new ArrayList<>();
    String query = "?limit=1000";
    for (int page = 0; page < MOST_PAGES; page++) {
      Inventory.Answer answer =
          asking.send(
              Request.get(endpoint.resolve("/models" + query), headers, instance.timeouts()));
      if (answer.reply().status() != 200) {
        Redaction redaction = Redaction.of(key);
        throw new UpstreamFailure(
            new Failures(redaction, instance.clock().instant())
                .ofStatus(answer.reply().status(), answer.reply().headers(), answer.body()));
      }
      ModelsBody body = ModelsBody.read(answer.body(), instance.id());
      all.addAll(body.models());
      if (!body.more() || body.last() == null || body.models().isEmpty()) {
        break;
      }
      query = "?limit=1000&after_id=" + URLEncoder.encode(body.last(), StandardCharsets.UTF_8);
    }
    return all;
  }
}
