package lip.support.json;

import static org.assertj.core.api.Assertions.assertThat;

import lip.api.Json;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Small values say what a reader says of them. */
class ScalarsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"\"",
        "\"end_turn\"",
        " \"a\"",
        "\"a\\nb\"",
        "\"\u00e9\u4e2d\ud83d\ude00\"",
        "0",
        "-1",
        "400",
        "12.9",
        "1e3",
        "123456789012345",
        "12345678901234567890",
        "true",
        "false",
        "null",
        "[1]",
        "{\"a\":1}"
      })
  void asAReaderSaysIt(String text) throws MalformedJson {
    Json json = Json.of(text);
    JsonKind kind = JsonReader.of(json).peek();
    assertThat(Scalars.kind(json)).isEqualTo(kind);
    assertThat(Scalars.text(json))
        .isEqualTo(kind == JsonKind.STRING ? JsonReader.of(json).string() : null);
    assertThat(Scalars.whole(json))
        .isEqualTo(kind == JsonKind.NUMBER ? (Long) (long) JsonReader.of(json).number() : null);
  }

  @ParameterizedTest
  @CsvSource({"7,7", "999999999999999,999999999999999", "2.5,2"})
  void aNumberWithoutItsFraction(String text, long number) throws MalformedJson {
    assertThat(Scalars.whole(Json.of(text))).isEqualTo(number);
  }

  @Property(tries = 500)
  void anyTextComesBack(@ForAll String text) throws MalformedJson {
    assertThat(Scalars.text(Json.of(JsonWriter.quote(text))))
        .isEqualTo(JsonReader.of(Json.of(JsonWriter.quote(text))).string());
  }
}
