package lip.backend.openai.legacy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import lip.sdk.Environment;
import lip.sdk.Instance;
import lip.sdk.InvalidSettings;
import lip.sdk.Privilege;
import lip.sdk.backend.Backend;
import lip.sdk.backend.BackendKind;
import lip.sdk.secret.Secret;
import lip.sdk.upstream.Upstream;
import lip.support.provider.EnvironmentKeys;
import lip.support.provider.Inventory;
import lip.support.provider.Keys;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The kind {@code openai-legacy} of backends: live without a file when the environment has a key.
 */
@Component(service = BackendKind.class)
public final class OpenAiLegacyKind implements BackendKind<OpenAiLegacySettings> {
  private static final Logger LOG = LoggerFactory.getLogger(OpenAiLegacyKind.class);
  private static final String VARIABLE = "OPENAI_API_KEY";

  private final Upstream upstream;
  private final Environment environment;

  /** Made by Declarative Services. */
  @Activate
  public OpenAiLegacyKind(@Reference Upstream upstream) {
    this(upstream, name -> Optional.ofNullable(System.getenv(name)).filter(v -> !v.isBlank()));
  }

  OpenAiLegacyKind(Upstream upstream, Environment environment) {
    this.upstream = upstream;
    this.environment = environment;
  }

  @Override
  public String id() {
    return "openai-legacy";
  }

  @Override
  public Class<OpenAiLegacySettings> settings() {
    return OpenAiLegacySettings.class;
  }

  @Override
  public Set<Privilege> privileges() {
    return Set.of(Privilege.UPSTREAM);
  }

  /** No key stands here: a file that sets only {@code base.url} would send it to another host. */
  @Override
  public Optional<Map<String, String>> defaults(Environment variables) {
    return variables.get(VARIABLE).map(_ -> Map.of());
  }

  @Override
  public List<String> modelPrefixes() {
    return List.of("gpt-", "chatgpt-", "o1", "o3", "o4");
  }

  @Override
  public String defaultModel() {
    return "gpt-4o-mini";
  }

  @Override
  public Backend create(Instance instance, OpenAiLegacySettings settings) throws InvalidSettings {
    Endpoint endpoint = Endpoint.of(settings.base_url());
    List<Secret> keys = settings.api_keys();
    if (keys.isEmpty() && endpoint.isDefault()) {
      keys = EnvironmentKeys.of(environment, VARIABLE);
    }
    if (!keys.isEmpty() && endpoint.exposesKeys()) {
      LOG.warn(
          "base.url is http to another machine, the key travels readable: instance={} host={}",
          instance.id(),
          endpoint.resolve("").getHost());
    }
    for (String model : settings.models()) {
      if (model.chars().anyMatch(Character::isISOControl)) {
        throw new InvalidSettings("models", "a name has a control character");
      }
    }
    Keys pool = new Keys(keys, instance.clock());
    return new OpenAiLegacyBackend(
        instance,
        upstream,
        endpoint,
        pool,
        new Inventory(
            instance,
            upstream,
            settings.models(),
            settings.models_refresh(),
            new ModelsRequest(instance, endpoint, pool)),
        settings.upstream_stream());
  }
}
