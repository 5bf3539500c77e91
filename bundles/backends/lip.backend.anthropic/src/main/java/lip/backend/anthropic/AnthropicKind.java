package lip.backend.anthropic;

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
import lip.support.anthropic.messages.Names;
import lip.support.provider.EnvironmentKeys;
import lip.support.provider.Inventory;
import lip.support.provider.Keys;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The kind {@code anthropic} of backends: live without a file when the environment has a key. */
@Component(service = BackendKind.class)
public final class AnthropicKind implements BackendKind<AnthropicSettings> {
  private static final String VARIABLE = "ANTHROPIC_API_KEY";
  private static final List<String> VERSIONS = List.of(Names.VERSION_2023, Names.VERSION_2026);

  private final Upstream upstream;
  private final Environment environment;

  /** Made by Declarative Services. */
  @Activate
  public AnthropicKind(@Reference Upstream upstream) {
    this(upstream, EnvironmentKeys.OF_PROCESS);
  }

  AnthropicKind(Upstream upstream, Environment environment) {
    this.upstream = upstream;
    this.environment = environment;
  }

  @Override
  public String id() {
    return "anthropic";
  }

  @Override
  public Class<AnthropicSettings> settings() {
    return AnthropicSettings.class;
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
    return List.of("claude-");
  }

  @Override
  public String defaultModel() {
    return "claude-3-5-haiku-20241022";
  }

  @Override
  public Backend create(Instance instance, AnthropicSettings settings) throws InvalidSettings {
    Endpoint endpoint = Endpoint.of(settings.base_url());
    List<Secret> keys = settings.api_keys();
    if (keys.isEmpty() && endpoint.isDefault()) {
      keys = EnvironmentKeys.of(environment, VARIABLE);
    }
    Optional<String> dialect = settings.dialect();
    if (dialect.isPresent() && !VERSIONS.contains(dialect.get())) {
      throw new InvalidSettings(
          "dialect", "unknown version", String.join(" or ", VERSIONS) + ", or not set");
    }
    Keys pool = Keys.of(instance, endpoint.address(), keys);
    return new AnthropicBackend(
        instance,
        upstream,
        endpoint,
        pool,
        new Inventory(
            instance,
            upstream,
            settings.models(),
            settings.models_refresh(),
            new ModelsRequest(instance, endpoint, pool, dialect.orElse(Names.VERSION_2023))),
        dialect.orElse(null),
        settings.upstream_stream());
  }
}
