package lip.backend.anthropic;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import lip.api.call.Call;
import lip.api.event.Event;
import lip.sdk.Environment;
import lip.sdk.InvalidSettings;
import lip.sdk.backend.Backend;
import lip.sdk.secret.Secret;
import lip.sdk.upstream.Upstream;
import lip.testing.kit.Events;

/** Backends for tests. */
final class Backends {
  static final Environment NOTHING = _ -> Optional.empty();

  private Backends() {}

  /** The version that the backends are configured to speak; null = found out. */
  static String dialect;

  static Backend of(Upstream upstream) throws InvalidSettings {
    return of(upstream, "http://127.0.0.1:1", List.of(), true);
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
    return new AnthropicKind(upstream, environment)
        .create(
            new TestInstance(),
            new AnthropicSettings() {
              @Override
              public URI base_url() {
                return URI.create(url);
              }

              @Override
              public List<Secret> api_keys() {
                return keys;
              }

              @Override
              public Optional<String> dialect() {
                return Optional.ofNullable(dialect);
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
