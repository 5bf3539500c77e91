package lip.support.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import lip.support.json.JsonReader;
import lip.support.json.MalformedJson;
import org.junit.jupiter.api.Test;

class ModelsBodyTest {
  @Test
  void aListMayHaveMoreMembersThanAnAnswer() throws Exception {
    int models = JsonReader.MOST / 2;
    assertThat(ModelsBody.read(list(models), "x").models()).hasSize(10_000);
  }

  @Test
  void aListIsNotReadForEver() {
    assertThatExceptionOfType(MalformedJson.class)
        .isThrownBy(() -> ModelsBody.read(list(500_000), "x"));
  }

  /** Each model is one element with one member. */
  private static byte[] list(int models) {
    String list = "{\"id\":\"m\"},".repeat(models) + "{\"id\":\"m\"}";
    return ("[" + list + "]").getBytes(StandardCharsets.UTF_8);
  }
}
