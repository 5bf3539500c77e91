package lip.backend.openai.legacy;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import lip.backend.openai.legacy.profile.BadProfile;
import lip.backend.openai.legacy.profile.Profile;
import lip.backend.openai.legacy.profile.Server;
import lip.sdk.Environment;
import lip.sdk.Instance;
import lip.sdk.InvalidSettings;
import lip.sdk.Privilege;
import lip.sdk.backend.Backend;
import lip.sdk.backend.BackendKind;
import lip.sdk.http.Headers;
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
    this(upstream, EnvironmentKeys.OF_PROCESS);
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
    Profile profile = profile(settings);
    Endpoint endpoint = endpoint(settings, profile);
    List<Secret> keys = settings.api_keys();
    String variable = profile.keyVariable();
    // The provider's own address is the only one that keys of the environment go to.
    if (keys.isEmpty() && variable != null && endpoint.address().base().equals(profile.baseUrl())) {
      keys = EnvironmentKeys.of(environment, variable);
    }
    if (keys.isEmpty() && profile.keyNeeded()) {
      LOG.warn(
          "no key, the server will refuse what it is asked: instance={} profile={}",
          instance.id(),
          profile.server().word());
    }
    Keys pool = Keys.of(instance, endpoint.address(), keys);
    Headers more = ExtraHeaders.of(settings.headers());
    return new OpenAiLegacyBackend(
        instance,
        upstream,
        endpoint,
        profile,
        pool,
        new Inventory(
            instance,
            upstream,
            settings.models(),
            settings.models_refresh(),
            new ModelsRequest(instance, endpoint.resolve(profile.modelsPath()), pool, more)),
        settings.upstream_stream(),
        more);
  }

  private static Profile profile(OpenAiLegacySettings settings) throws InvalidSettings {
    Server server =
        settings
            .profile()
            .orElseGet(() ->
                settings
                    .base_url()
                    .map(url -> Profile.behind(host(url), url.getPort()))
                    .orElse(Server.OPENAI));
    try {
      return Profile.of(server, changes(settings.profile_changes()));
    } catch (BadProfile e) {
      throw new InvalidSettings("profile.changes", String.valueOf(e.getMessage()));
    }
  }

  private static Map<String, String> changes(List<String> pairs) throws InvalidSettings {
    Map<String, String> changes = new HashMap<>();
    for (String pair : pairs) {
      int equals = pair.indexOf('=');
      if (equals < 1) {
        throw new InvalidSettings("profile.changes", "not a list of key=value");
      }
      changes.put(pair.substring(0, equals).strip(), pair.substring(equals + 1).strip());
    }
    return changes;
  }

  private static String host(URI url) {
    return url.getHost() == null ? "" : url.getHost();
  }

  private static Endpoint endpoint(OpenAiLegacySettings settings, Profile profile)
      throws InvalidSettings {
    URI set = settings.base_url().orElse(null);
    String own = profile.baseUrl();
    if (set == null && own == null) {
      throw new InvalidSettings(
          "base.url", "must be set: the profile " + profile.server().word() + " has none");
    }
    try {
      return Endpoint.of(set == null ? new URI(String.valueOf(own)) : set);
    } catch (URISyntaxException _) {
      throw new InvalidSettings("profile.changes", "base.url is no address");
    }
  }
}
