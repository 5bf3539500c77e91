package lip.backend.stub;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lip.sdk.Environment;
import lip.sdk.Instance;
import lip.sdk.InvalidSettings;
import lip.sdk.backend.Backend;
import lip.sdk.backend.BackendKind;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** The kind {@code local-stub}: live without a file, last in the order of backends. */
@Component(service = BackendKind.class)
public final class LocalStubKind implements BackendKind<LocalStubSettings> {
  /** Behind every real backend. */
  private static final String ORDER = "1000000";

  private static final int MAX_ARGUMENTS = 64 * 1024;

  /** Made by Declarative Services. */
  @Activate
  public LocalStubKind() {}

  @Override
  public String id() {
    return "local-stub";
  }

  @Override
  public Class<LocalStubSettings> settings() {
    return LocalStubSettings.class;
  }

  @Override
  public Optional<Map<String, String>> defaults(Environment environment) {
    return Optional.of(Map.of("order", ORDER));
  }

  @Override
  public List<String> modelPrefixes() {
    return List.of("stub-");
  }

  @Override
  public String defaultModel() {
    return Scenarios.DEFAULT_MODEL;
  }

  @Override
  public Backend create(Instance instance, LocalStubSettings settings) throws InvalidSettings {
    int arguments = settings.tool_args().getBytes(StandardCharsets.UTF_8).length;
    if (arguments > MAX_ARGUMENTS) {
      throw new InvalidSettings("tool.args", arguments + " bytes", "at most 65536 bytes");
    }
    int status = settings.error_status();
    if (status != 0 && (status < 400 || status > 599)) {
      throw new InvalidSettings("error.status", status + " is no error", "0, or 400 to 599");
    }
    Optional<String> reason = settings.finish_reason();
    if (reason.isPresent() && Scenarios.finishReason(reason.get()).isEmpty()) {
      throw new InvalidSettings(
          "finish.reason", "unknown finish reason", String.join(", ", Scenarios.finishReasons()));
    }
    return new LocalStubBackend(instance, new Scenarios(settings));
  }
}
