package lip.test.cage;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lip.api.capability.Capabilities;
import lip.api.capability.Capability;
import lip.api.event.Event;
import lip.api.event.EventStream;
import lip.api.event.FinishReason;
import lip.api.failure.Failure;
import lip.api.failure.FailureClass;
import lip.api.failure.UpstreamFailure;
import lip.sdk.Environment;
import lip.sdk.Instance;
import lip.sdk.backend.Attempt;
import lip.sdk.backend.Backend;
import lip.sdk.backend.BackendKind;
import lip.sdk.backend.ModelInfo;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** Says a word and ends, unless the model {@code place.fault} asks for something else. */
@Component(service = BackendKind.class)
public final class CageBack implements BackendKind<BackSettings> {
  @Activate
  public CageBack() {}

  @Override
  public String id() {
    return "cage";
  }

  @Override
  public Class<BackSettings> settings() {
    return BackSettings.class;
  }

  @Override
  public Optional<Map<String, String>> defaults(Environment environment) {
    return Optional.of(Map.of());
  }

  @Override
  public String defaultModel() {
    return "fine";
  }

  @Override
  public Backend create(Instance instance, BackSettings settings) {
    return new Bad();
  }

  private static final class Bad implements Backend {
    @Override
    public EventStream open(Attempt attempt) throws UpstreamFailure {
      String model = attempt.model();
      Fault.at("open", model);
      if (!attempt.call().tools().isEmpty()) {
        throw new UpstreamFailure(
            Failure.of(FailureClass.INVALID_REQUEST, "the provider knows no tools"));
      }
      if (model.startsWith("models.")) {
        Fault.models = model.substring("models.".length());
      }
      return model.equals("open.null") ? null : new Stream(model);
    }

    @Override
    public Capabilities capabilities(String model) {
      Fault.at("capabilities", model);
      return switch (model) {
        case "capabilities.null" -> null;
        case "capabilities.none" -> Capabilities.of();
        case "capabilities.tools" -> Capabilities.of(Capability.STREAMING, Capability.TOOLS);
        default -> Capabilities.of(Capability.STREAMING);
      };
    }

    @Override
    public List<ModelInfo> models() {
      Fault.of(Fault.models);
      return switch (Fault.models) {
        case "null" -> null;
        case "holes" -> Arrays.asList(null, null);
        case "nameless" -> List.of(new ModelInfo(null, null, 0, null));
        default -> List.of(new ModelInfo("caged", null, 0, "zoo"));
      };
    }
  }

  private static final class Stream implements EventStream {
    private final String model;
    private int step;

    Stream(String model) {
      this.model = model;
    }

    @Override
    public Event next() {
      int at = step++;
      if (at == 0) {
        return model.equals("order.text") ? new Event.TextDelta("x") : Event.ResponseStarted.PLAIN;
      }
      if (at == 1) {
        return model.equals("order.twice") ? Event.ResponseStarted.PLAIN : Event.MessageStarted.FIRST;
      }
      if (at == 2) {
        return new Event.TextDelta("word");
      }
      if (at == 3) {
        Fault.at("next", model);
        switch (model) {
          case "next.null":
            return null;
          case "order.tool":
            return new Event.ToolArgumentsDelta("nobody", "{}");
          case "order.again":
            return Event.MessageStarted.FIRST;
          case "order.nulltext":
            return new Event.TextDelta(null);
          default:
        }
        return Event.Finished.of(FinishReason.STOP);
      }
      return null;
    }

    @Override
    public boolean ready() {
      Fault.at("ready", model);
      return step != 3 || !model.startsWith("next.");
    }

    @Override
    public void close() {
      Fault.at("close", model);
    }
  }
}
