package lip.backend.openai.legacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import lip.api.failure.UpstreamFailure;
import lip.sdk.backend.Backend;
import lip.sdk.upstream.Upstream;
import lip.testing.kit.Calls;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a server's answer means for the key it was sent. */
class KeyPoolTest {
  private static final String ANSWER =
      "data:"
          + " {\"id\":\"x\",\"choices\":[{\"delta\":{\"content\":\"a\"},\"finish_reason\":\"stop\"}]}\n\n";

  private final List<String> sent = new ArrayList<>();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "401|{}",
        "429|{}",
        "402|{}",
        "429|{\"error\":{\"message\":\"no\",\"code\":\"insufficient_quota\"}}"
      })
  void theNextKeyIsTriedInTheSameAttemptAndStays(int status, String body) throws Exception {
    Backend backend = backend(Map.of("key-one", FakeUpstream.status(status, body)));
    backend.open(new Try("m", Calls.text("x")));
    backend.open(new Try("m", Calls.text("x")));
    assertThat(sent).containsExactly("key-one", "key-two", "key-two");
  }

  @ParameterizedTest
  @CsvSource({"400", "403", "404", "500", "503", "529"})
  void otherAnswersKeepTheKey(int status) throws Exception {
    Backend backend = backend(Map.of("key-one", FakeUpstream.status(status, "{}")));
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> backend.open(new Try("m", Calls.text("x"))))
          .isInstanceOf(UpstreamFailure.class);
    }
    assertThat(sent).containsExactly("key-one", "key-one");
  }

  @Test
  void theProvidersOwnNumberedVariablesAreAPool() throws Exception {
    Map<String, String> environment = new HashMap<>();
    String variable = "OPENAI_API_KEY";
    environment.put(variable, "key-one");
    environment.put(variable + "_2", "key-two");
    environment.put(variable + "_4", "key-four");
    FakeUpstream refusal = FakeUpstream.status(401, "{}");
    Backend backend =
        Backends.of(
            upstream(Map.of("key-one", refusal, "key-two", refusal, "key-four", refusal)),
            name -> Optional.ofNullable(environment.get(name)),
            "https://api.openai.com/v1",
            List.of(),
            true,
            List.of("m"));
    assertThatThrownBy(() -> backend.open(new Try("m", Calls.text("x"))))
        .isInstanceOf(UpstreamFailure.class);
    assertThat(sent).containsExactly("key-one", "key-two");
  }

  private Backend backend(Map<String, FakeUpstream> byKey) throws Exception {
    return Backends.of(
        upstream(byKey),
        Backends.NOTHING,
        "https://x.test/v1",
        List.of(Backends.secret("key-one"), Backends.secret("key-two")),
        true,
        List.of("m"));
  }

  private Upstream upstream(Map<String, FakeUpstream> byKey) {
    return request -> {
      String key = "";
      for (String field : Set.of("x-api-key", "Authorization")) {
        String value = request.headers().first(field);
        key = value == null ? key : value.replace("Bearer ", "");
      }
      sent.add(key);
      return byKey.getOrDefault(key, FakeUpstream.stream(ANSWER)).send(request);
    };
  }
}
