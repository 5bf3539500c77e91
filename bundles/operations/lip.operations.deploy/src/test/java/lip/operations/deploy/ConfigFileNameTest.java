package lip.operations.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigFileNameTest {
  @Test
  void singletonAndInstance() {
    assertThat(ConfigFileName.of("lip.server.cfg"))
        .isEqualTo(new ConfigFileName("lip.server.cfg", "lip.server", null));
    assertThat(ConfigFileName.of("lip.backend.openai.legacy~eu-west.cfg"))
        .isEqualTo(
            new ConfigFileName(
                "lip.backend.openai.legacy~eu-west.cfg", "lip.backend.openai.legacy", "eu-west"));
    assertThat(ConfigFileName.problem("lip.backend.openai.legacy~eu-west.cfg")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "lip.backend.stub-primary.cfg, lip.backend.stub~primary.cfg",
    "lip.backend.stub.config, lip.backend.stub.cfg",
    "org.apache.felix.http~data.cfg, lip.server.cfg",
    "lip.backend.stub~Upper.cfg, a-z 0-9",
  })
  void aWrongNameIsRefusedWithTheRightOne(String file, String said) {
    assertThat(ConfigFileName.problem(file)).get().asString().contains(said);
  }
}
