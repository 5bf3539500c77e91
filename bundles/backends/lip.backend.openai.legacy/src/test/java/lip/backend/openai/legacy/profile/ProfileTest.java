package lip.backend.openai.legacy.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import lip.api.capability.Capability;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ProfileTest {
  private static final Path PAGE = Path.of("../../../docs/backends/openai-legacy.md");

  @ParameterizedTest
  @EnumSource
  void everyServerHasAFile(Server server) throws Exception {
    Profile profile = Profile.of(server, Map.of());
    assertThat(profile.server()).isEqualTo(server);
    assertThat(profile.capabilities().has(Capability.TOOLS)).isTrue();
    assertThat(profile.baseUrl() == null).isEqualTo(server == Server.COMPATIBLE);
  }

  @ParameterizedTest
  @CsvSource({
    "api.openai.com,-1,OPENAI",
    "API.OPENAI.COM,443,OPENAI",
    "openrouter.ai,-1,OPENROUTER",
    "api.deepseek.com,-1,DEEPSEEK",
    "localhost,11434,OLLAMA",
    "10.1.2.3,1234,LM_STUDIO",
    "localhost,8000,COMPATIBLE",
    "api.openai.com.evil.test,-1,COMPATIBLE",
    "'',-1,COMPATIBLE"
  })
  void isToldByHostOrPort(String host, int port, Server server) {
    assertThat(Profile.behind(host, port)).isEqualTo(server);
  }

  @Test
  void anOperatorChangesSingleKeys() throws Exception {
    Profile profile =
        Profile.of(
            Server.OLLAMA,
            Map.of("system", "first", "capabilities", "tools documents", "members.dropped", ""));
    assertThat(profile.systemFirst()).isTrue();
    assertThat(profile.dropped()).isEmpty();
    assertThat(profile.capabilities().all())
        .isEqualTo(Set.of(Capability.STREAMING, Capability.TOOLS, Capability.DOCUMENTS));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "sytem|first|no profile has sytem",
        "system|last|system is one of anywhere, first",
        "content.null|maybe|content.null is one of true, false",
        "capabilities|flying|there is no flying",
        "members.renamed|a|old=new",
        "members.dropped|messages|messages cannot be left out",
        "models.path|models|begins with /"
      })
  void saysWhatIsWrong(String key, String value, String message) {
    assertThatThrownBy(() -> Profile.of(Server.OLLAMA, Map.of(key, value)))
        .isInstanceOf(BadProfile.class)
        .hasMessageContaining(message);
  }

  @Test
  void thePageShowsTheFiles() throws Exception {
    assertThat(Files.readString(PAGE)).contains(ProfilePage.tables());
  }
}
