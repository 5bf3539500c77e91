package lip.support.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import lip.api.Json;
import lip.api.Limits;
import lip.support.json.MalformedJson;
import org.junit.jupiter.api.Test;

class AnswerFieldsTest {
  private final AnswerFields fields = new AnswerFields();

  @Test
  void eachFieldHasItsLastValue() throws Exception {
    assertThat(fields.take("a", Json.of("1"))).isTrue();
    assertThat(fields.take("b", Json.of("2"))).isTrue();
    assertThat(fields.take("a", Json.of("1"))).isFalse();
    assertThat(fields.take("a", Json.of("3"))).isTrue();
    assertThat(fields.value("a")).isEqualTo(Json.of("3"));
    assertThat(fields.all())
        .containsExactly(Map.entry("a", Json.of("3")), Map.entry("b", Json.of("2")));
  }

  @Test
  void aValueOutlivesItsRecord() throws Exception {
    byte[] record = "{\"a\":17}".getBytes(StandardCharsets.UTF_8);
    fields.take("a", Json.slice(record, 5, 2));
    record[5] = '9';
    assertThat(fields.value("a")).isEqualTo(Json.of("17"));
  }

  @Test
  void thereAreSoManyAndNoMore() throws Exception {
    for (int i = 0; i < Limits.EXTENSION_KEYS; i++) {
      fields.take("f" + i, Json.of("1"));
    }
    fields.take("f0", Json.of("2"));
    assertThatExceptionOfType(MalformedJson.class)
        .isThrownBy(() -> fields.take("one more", Json.of("1")));
  }

  @Test
  void theirValuesAreSoLargeAndNoLarger() throws Exception {
    Json half = Json.of("1".repeat(Limits.EXTENSION_VALUE / 2));
    for (int i = 0; i < 5; i++) {
      // One field, again and again.
      fields.take("a", half);
      fields.take("a", Json.of("1"));
    }
    fields.take("a", half);
    assertThatExceptionOfType(MalformedJson.class).isThrownBy(() -> fields.take("b", half));
  }
}
