package lip.test.cage;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lip.api.event.Event;
import lip.sdk.Environment;
import lip.sdk.Instance;
import lip.sdk.feature.Admission;
import lip.sdk.feature.AttemptContext;
import lip.sdk.feature.Contribution;
import lip.sdk.feature.FailurePolicy;
import lip.sdk.feature.Feature;
import lip.sdk.feature.FeatureKind;
import lip.sdk.feature.Out;
import lip.sdk.feature.StageId;
import lip.sdk.feature.StreamStage;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** A handler at each stage, which misbehaves where the model {@code stage_id.fault} says so. */
@Component(service = FeatureKind.class)
public final class CageFeat implements FeatureKind<FeatSettings> {
  private static final FailurePolicy OPEN = FailurePolicy.FAIL_OPEN;

  @Activate
  public CageFeat() {}

  @Override
  public String id() {
    return "cage-feature";
  }

  @Override
  public Class<FeatSettings> settings() {
    return FeatSettings.class;
  }

  @Override
  public Optional<Map<String, String>> defaults(Environment environment) {
    return Optional.of(Map.of());
  }

  @Override
  public Feature create(Instance instance, FeatSettings settings) {
    List<Contribution> all = new ArrayList<>();
    for (StageId stage :
        List.of(
            StageId.SECRET_GUARD,
            StageId.SUBMIT_REQUEST,
            StageId.TOOL_CATALOG_FILTER,
            StageId.REQUEST_WIDE_SHAPING)) {
      all.add(
          new Contribution.OnCall(
              stage,
              OPEN,
              (call, context) -> {
                String model = bare(call.model());
                Fault.at(stage.id(), model);
                return model.equals(stage.id() + ".null") ? null : call;
              }));
    }
    all.add(
        new Contribution.OnCall(
            StageId.SUBMIT_REQUEST,
            FailurePolicy.FAIL_CLOSED,
            (call, context) -> {
              String model = bare(call.model());
              Fault.at("closed", model);
              return model.equals("closed.null") ? null : call;
            }));
    all.add(
        new Contribution.Admit(
            OPEN,
            (call, context) -> {
              String model = bare(call.model());
              Fault.at("pre_request_admission", model);
              return switch (model) {
                case "pre_request_admission.null" -> null;
                case "pre_request_admission.deny-null" -> new Admission.Decision.Deny(null);
                case "pre_request_admission.answer-null" -> new Admission.Decision.Answer(null);
                default -> new Admission.Decision.Allow();
              };
            }));
    all.add(
        new Contribution.OnAttempt(
            OPEN,
            (call, context) -> {
              Fault.at("attempt_lifecycle", context.model());
              return context.model().equals("attempt_lifecycle.null") ? null : call;
            }));
    all.add(new Contribution.OnStream(StageId.STREAM_EVENT_MUTATION, OPEN, new Mutation()));
    return () -> all;
  }

  private static String bare(String model) {
    return model == null ? "" : model.substring(model.indexOf(':') + 1);
  }

  private static final class Mutation implements StreamStage {
    @Override
    public Handler open(AttemptContext context) {
      String model = context.model();
      Fault.at("stream_open", model);
      if (!model.startsWith("stream_on.")) {
        return null;
      }
      return (event, out) -> {
        Fault.at("stream_on", model);
        emit(model, event, out);
      };
    }

    private static void emit(String model, Event event, Out out) {
      switch (model) {
        case "stream_on.null" -> out.emit(null);
        case "stream_on.twice" -> {
          out.emit(event);
          out.emit(event);
        }
        case "stream_on.flood" -> {
          for (int i = 0; i < 1_000_000; i++) {
            out.emit(new Event.TextDelta("flood"));
          }
        }
        default -> out.emit(event);
      }
    }
  }
}
