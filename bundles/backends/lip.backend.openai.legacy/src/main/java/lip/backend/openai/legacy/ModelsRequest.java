package lip.backend.openai.legacy;

import java.net.URI;
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

/** Asks for {@code /models}. */
record ModelsRequest(Instance instance, URI address, Keys keys, Headers more)
    implements Inventory.Ask {
  @Override
  public List<ModelInfo> models(Inventory.Asking asking) throws UpstreamFailure, MalformedJson {
    Keys.Key key = keys.pick();
    Headers headers = more.plus("Accept", "application/json");
    if (key != null) {
      headers = headers.plus("Authorization", "Bearer " + key.value());
    }
    Inventory.Answer answer = asking.send(Request.get(address, headers, instance.timeouts()));
    if (answer.reply().status() != 200) {
      Redaction redaction = Redaction.of(key);
      throw new UpstreamFailure(
          new Failures(redaction, instance.clock().instant())
              .ofStatus(answer.reply().status(), answer.reply().headers(), answer.body()));
    }
    return ModelsBody.read(answer.body(), instance.id()).models();
  }
}
