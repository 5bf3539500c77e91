package lip.backend.openai.legacy;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import lip.api.call.Call;
import lip.api.event.Event;
import lip.backend.openai.legacy.profile.Server;
import lip.sdk.Environment;
import lip.sdk.InvalidSettings;
import lip.sdk.backend.Backend;
import lip.sdk.secret.Secret;
import lip.sdk.upstream.Upstream;
import lip.testing.kit.Events;
import org.jspecify.annotations.Nullable;

/** Backends for tests. */
final class Backends {
  static final Environment NOTHING = _ -> Optional.empty();

  private Backends() {}

  static Backend of(Upstream upstream) throws InvalidSettings {
    return of(upstream, "http://127.0.0.1:1/v1", List.of(), true);
  }

  static Backend of(Upstream upstream, String url, List<Secret> keys, boolean streamed)
      throws InvalidSettings {
    return of(upstream, NOTHING, url, keys, streamed, List.of());
  }

  static Backend of(
      Upstream upstream,
      Environment environment,
      String url,
      List<Secret> keys,
      boolean streamed,
      List<String> models)
      throws InvalidSettings {
    return of(upstream, environment, url, keys, streamed, models, null, List.of());
  }

  static Backend of(
      Upstream upstream,
      Environment environment,
      @Nullable String url,
      List<Secret> keys,
      boolean streamed,
      List<String> models,
      @Nullable Server profile,
      List<String> changes)
      throws InvalidSettings {
    return new OpenAiLegacyKind(upstream, environment)
        .create(
            new TestInstance(),
            new OpenAiLegacySettings() {
              @Override
              public Optional<URI> base_url() {
                return Optional.ofNullable(url).map(URI::create);
              }

              @Override
              public Optional<Server> profile() {
                return Optional.ofNullable(profile);
              }

              @Override
              public List<String> profile_changes() {
                return changes;
              }

              @Override
              public List<Secret> api_keys() {
                return keys;
              }

              @Override
              public List<String> headers() {
                return List.of();
              }

              @Override
              public List<String> models() {
                return models;
              }

              @Override
              public Duration models_refresh() {
                return Duration.ofMinutes(15);
              }

              @Override
              public boolean upstream_stream() {
                return streamed;
              }
            });
  }

  static List<Event> answer(Upstream upstream, Call call) throws Exception {
    return Events.drain(of(upstream).open(new Try("m", call)));
  }

  static Secret secret(String value) {
    return new Secret(
        "env:KEY",
        new Secret.Source() {
          @Override
          public String reveal(String reference) {
            return value;
          }

          @Override
          public long version(String reference) {
            return 1;
          }
        });
  }
}
