package lip.test.NAME;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import lip.api.call.Call;
import lip.sdk.Environment;
import lip.sdk.Instance;
import lip.sdk.feature.CallContext;
import lip.sdk.feature.CallStage;
import lip.sdk.feature.Contribution;
import lip.sdk.feature.FailurePolicy;
import lip.sdk.feature.Feature;
import lip.sdk.feature.FeatureKind;
import lip.sdk.feature.StageId;
import org.osgi.service.component.annotations.Component;

/**
 * Makes a new call of each call whose model ends in a word, so that backends must write it anew
 * instead of sending on the body they know.
 */
@Component(service = FeatureKind.class)
public final class TouchKind implements FeatureKind<Settings> {
  @Override
  public String id() {
    return "NAME";
  }

  @Override
  public Class<Settings> settings() {
    return Settings.class;
  }

  @Override
  public Optional<Map<String, String>> defaults(Environment environment) {
    return Optional.of(Map.of());
  }

  @Override
  public Feature create(Instance instance, Settings settings) {
    return new Touch();
  }
}

final class Touch implements Feature, CallStage {
  @Override
  public List<Contribution> contributions() {
    return List.of(
        new Contribution.OnCall(
            StageId.REQUEST_WIDE_SHAPING, FailurePolicy.FAIL_CLOSED, this));
  }

  @Override
  public Call on(Call call, CallContext context) {
    String model = call.model();
    return model != null && model.endsWith("-touched")
        ? call.toBuilder().messages(call.messages()).build()
        : call;
  }

  @Override
  public void close() {}
}
