package lip.backend.openai.legacy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import lip.api.capability.Capability;
import lip.backend.openai.legacy.profile.Server;
import lip.sdk.InvalidSettings;
import lip.sdk.backend.Backend;
import lip.testing.conformance.backend.DeclaredContract;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Each profile can do what it declares. */
class DeclaredCapabilitiesTest {
  abstract static class Declared implements DeclaredContract {
    private final Provider provider = new Provider();

    /** The class is named as the profile. */
    private Server server() {
      return Server.valueOf(getClass().getSimpleName().toUpperCase(java.util.Locale.ROOT));
    }

    @AfterEach
    void close() {
      provider.close();
    }

    @Override
    public Backend backend() throws InvalidSettings {
      return provider.backend(server().word());
    }

    @Override
    public String model() {
      return "echo";
    }

    @Override
    public List<String> received() {
      return provider.received();
    }

    @Override
    public String wish(Capability capability) {
      if (capability.equals(Capability.STREAMING)) {
        return "\"stream\":true";
      }
      return capability.equals(Capability.REASONING)
          ? "\"reasoning_effort\":\"high\""
          : "\"parallel_tool_calls\":false";
    }
  }

  @Nested
  class Compatible extends Declared {}

  @Nested
  class OpenAi extends Declared {}

  @Nested
  class OpenRouter extends Declared {}

  @Nested
  class DeepSeek extends Declared {}

  @Nested
  class Ollama extends Declared {}

  @Nested
  class Vllm extends Declared {}

  @Nested
  class Llama_Cpp extends Declared {}

  @Nested
  class Lm_Studio extends Declared {}

  @Test
  void noProfileIsLeftOut() {
    assertThat(
            Arrays.stream(DeclaredCapabilitiesTest.class.getDeclaredClasses())
                .filter(one -> one.isAnnotationPresent(Nested.class))
                .map(one -> one.getSimpleName().toUpperCase(java.util.Locale.ROOT)))
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(Server.values()).map(Server::name).toList());
  }
}
