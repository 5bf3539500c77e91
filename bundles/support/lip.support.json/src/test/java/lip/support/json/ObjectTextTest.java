package lip.support.json;

import static org.assertj.core.api.Assertions.assertThat;

import lip.api.Json;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts that a model wrote: an object, or something else. */
class ObjectTextTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        " {\"path\": \"a.java\", \"count\": 1e3}\n",
        "{\"\\u00e9\":[{\"deep\":[1,2,{}]}]}",
        "{\"a\":1,\"a\":2}"
      })
  void anObjectGoesOnAsItIs(String text) {
    assertThat(ObjectText.of(text)).isEqualTo(Json.of(text.strip()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "[]",
        "\"text\"",
        "null",
        "1",
        "{",
        "{}}",
        "{} {}",
        "{} x",
        "{\"a\":}",
        "{a:1}",
        "{\"a\":01}",
        "\u2003{}",
        "{\"a\":\"line\nfeed\"}"
      })
  void everythingElseIsNone(String text) {
    assertThat(ObjectText.of(text)).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"type\":\"object\"}", "{ \n\t\"type\" : \"object\", \"x\": 1}"})
  void theFirstMemberIsSeen(String text) {
    assertThat(ObjectText.beginsWith(Json.of(text), "type")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"properties\":{}}",
        "{\"types\":1}",
        "{\"typ\":1}",
        "[\"type\"]",
        "\"type\"",
        "{",
        "{\"type"
      })
  void anotherFirstMemberIsNot(String text) {
    assertThat(ObjectText.beginsWith(Json.of(text), "type")).isFalse();
  }
}
