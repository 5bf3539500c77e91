package lip.backend.openai.legacy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lip.api.call.Call;
import lip.api.event.Event;
import lip.sdk.Environment;
import lip.sdk.InvalidSettings;
import lip.sdk.backend.Backend;
import lip.sdk.upstream.Upstream;
import lip.testing.conformance.backend.ProviderContract;
import lip.testing.conformance.backend.TestAttempt;
import lip.testing.kit.Events;

/** Backends for tests. */
final class Backends {
  static final Environment NOTHING = _ -> Optional.empty();

  /** A whole answer, as short as one can be. */
  static final String ANSWER =
      "data:"
          + " {\"id\":\"x\",\"choices\":[{\"delta\":{\"content\":\"a\"},\"finish_reason\":\"stop\"}]}\n\n";

  private Backends() {}

  static Backend of(Upstream upstream) throws InvalidSettings {
    return of(upstream, Map.of());
  }

  static Backend of(Upstream upstream, Map<String, String> settings, String... keys)
      throws InvalidSettings {
    Map<String, String> all = new HashMap<>(Map.of("base.url", "http://127.0.0.1:1/v1"));
    all.putAll(settings);
    return ProviderContract.backend(new OpenAiLegacyKind(upstream, NOTHING), all, keys);
  }

  static List<Event> answer(Upstream upstream, Call call) throws Exception {
    return Events.drain(of(upstream).open(new TestAttempt("m", call)));
  }
}
