package lip.core.settings;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import lip.sdk.settings.Range;

/** The keys that every backend has besides. */
public interface BackendSettings extends CommonSettings {
  /** Model when nobody names one. */
  Optional<String> default_model();

  /** Most attempts at once; 0 = no limit. */
  @Range(min = "0")
  int max_active_requests();

  /** Overrides {@code lip.http.client}; 0s = off. */
  @Range(min = "0s")
  Optional<Duration> response_header_timeout();

  /** Overrides {@code lip.http.client}; 0s = off. */
  @Range(min = "0s")
  Optional<Duration> stream_idle_timeout();

  /** Overrides {@code lip.http.client}; 0s = off. */
  @Range(min = "0s")
  Optional<Duration> unstreamed_response_timeout();

  /** Declarations. */
  static List<Declared> declared(SettingsType<?> own) {
    List<Declared> keys = CommonSettings.declared(own);
    keys.add(Declared.optional("default.model"));
    keys.add(Declared.withDefault("max.active.requests", "0"));
    keys.add(Declared.optional("response.header.timeout"));
    keys.add(Declared.optional("stream.idle.timeout"));
    keys.add(Declared.optional("unstreamed.response.timeout"));
    return keys;
  }
}
