package lip.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import lip.api.message.Part;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonStringTest {
  private static JsonString received(String inside) {
    byte[] body = ("[\"" + inside + "\"]").getBytes(StandardCharsets.UTF_8);
    return JsonString.received(Json.slice(body, 1, body.length - 2));
  }

  @Test
  void theCharactersAreThoseThatTheEscapesStandFor() {
    assertThat(received("").text()).isEmpty();
    assertThat(received("caf\u00e9 \u4e2d \ud83d\ude00").text())
        .isEqualTo("caf\u00e9 \u4e2d \ud83d\ude00");
    assertThat(received("\\\"\\\\\\/\\b\\f\\n\\r\\t|\\u00e9\\ud83d\\ude00\\ud83d.").text())
        .isEqualTo("\"\\/\b\f\n\r\t|\u00e9\ud83d\ude00\ud83d.");
  }

  @Test
  void whatWasReceivedKeepsItsSpelling() {
    assertThat(received("\\u0041\\/").received()).isEqualTo(Json.of("\"\\u0041\\/\""));
    assertThat(JsonString.of("A/").received()).isNull();
  }

  @Test
  void equalityIsThatOfTheCharacters() {
    assertThat(received("\\u0041b"))
        .isEqualTo(JsonString.of("Ab"))
        .isEqualTo(received("Ab"))
        .hasSameHashCodeAs(JsonString.of("Ab"))
        .hasToString("Ab")
        .isNotEqualTo(received("ab"));
    assertThat(new Part.Text(received("a\\n"), List.of(), null, Meta.NONE))
        .isEqualTo(Part.Text.of("a\n"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "\\n",
        " \\t\\r\\n ",
        "\\f\\u0020",
        "\u2003",
        "\u3000\u1680",
        "a",
        " \\na",
        "\\\\",
        "\\\"",
        "\\/",
        "\\u0061",
        "\u00a0",
        "\u3042",
        "\u201c",
        "\u4e2d",
        "\ud83d\ude00",
        "\\u001c"
      })
  void blankIsWhatItsCharactersAre(String inside) {
    JsonString text = received(inside);
    assertThat(text.isBlank()).isEqualTo(text.text().isBlank());
    assertThat(text.isEmpty()).isEqualTo(text.text().isEmpty());
    assertThat(JsonString.of(text.text()).isBlank()).isEqualTo(text.text().isBlank());
  }

  @ParameterizedTest
  @CsvSource({"x-bill: 1,true", "x-bil,false", "'',false", "\\u0078-bill,true", "y-bill,false"})
  void howItBegins(String inside, boolean so) {
    assertThat(received(inside).startsWith("x-bill")).isEqualTo(so);
    assertThat(JsonString.of(received(inside).text()).startsWith("x-bill")).isEqualTo(so);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"", "12", "\"a", "a\"", "{}"})
  void onlyAStringIsTaken(String json) {
    assertThatThrownBy(() -> JsonString.received(Json.of(json)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void theLimitCountsTheBytesOfTheCharactersNotThoseOfTheEscapes() {
    String escapes = "\\u0041".repeat(10);
    InvalidCall.checkLength("text", received(escapes), 10);
    assertThatThrownBy(() -> InvalidCall.checkLength("text", received(escapes), 9))
        .isInstanceOf(InvalidCall.class)
        .hasMessage("text: 10 bytes, at most 9 are allowed");
  }
}
