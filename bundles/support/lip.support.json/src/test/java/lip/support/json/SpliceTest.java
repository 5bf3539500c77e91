package lip.support.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import lip.api.Json;
import org.junit.jupiter.api.Test;

class SpliceTest {
  private static final String BODY = "{ \"model\" : \"a\",\n  \"x\": [1, 2],\t\"stream\":false }\n";

  @Test
  void replacesInPlace() throws MalformedJson {
    assertThat(text(splice(BODY).set("model", Json.of("\"b\""))))
        .isEqualTo("{ \"model\" : \"b\",\n  \"x\": [1, 2],\t\"stream\":false }\n");
  }

  @Test
  void addsAtTheEnd() throws MalformedJson {
    assertThat(text(splice(BODY).set("n\"", Json.of("{ }"))))
        .isEqualTo("{ \"model\" : \"a\",\n  \"x\": [1, 2],\t\"stream\":false,\"n\\\"\":{ } }\n");
    assertThat(text(splice("{ }").set("a", Json.of("1")).set("b", Json.of("2"))))
        .isEqualTo("{\"a\":1,\"b\":2 }");
  }

  @Test
  void removesWithOneComma() throws MalformedJson {
    assertThat(text(splice(BODY).remove("model")))
        .isEqualTo("{ \"x\": [1, 2],\t\"stream\":false }\n");
    assertThat(text(splice(BODY).remove("x")))
        .isEqualTo("{ \"model\" : \"a\",\t\"stream\":false }\n");
    assertThat(text(splice(BODY).remove("stream")))
        .isEqualTo("{ \"model\" : \"a\",\n  \"x\": [1, 2] }\n");
    assertThat(text(splice(BODY).remove("model").remove("x").remove("stream").remove("none")))
        .isEqualTo("{  }\n");
    assertThat(text(splice("{\"a\":1}").remove("a").set("b", Json.NULL))).isEqualTo("{\"b\":null}");
  }

  @Test
  void leavesOneOfSeveral() throws MalformedJson {
    String twice = "{\"a\":1,\"b\":2,\"a\":3}";
    assertThat(text(splice(twice).set("a", Json.of("9")))).isEqualTo("{\"b\":2,\"a\":9}");
    assertThat(text(splice(twice).remove("a"))).isEqualTo("{\"b\":2}");
    assertThat(splice(twice).get("a")).contains(Json.of("3"));
    // An escape in the name makes no other name.
    assertThat(text(splice("{\"\\u0061\":1,\"a\":2}").set("a", Json.of("9"))))
        .isEqualTo("{\"a\":9}");
  }

  @Test
  void knowsWhatIsThere() throws MalformedJson {
    assertThat(splice(BODY).has("x")).isTrue();
    assertThat(splice(BODY).has("y")).isFalse();
    assertThat(splice(BODY).get("x")).contains(Json.of("[1, 2]"));
  }

  @Test
  void keepsEveryByteWhenNothingChanges() throws MalformedJson {
    byte[] body = BODY.getBytes(StandardCharsets.UTF_8);
    assertThat(Splice.of(body).toBytes()).isEqualTo(body);
    assertThat(Splice.ofKnown(body).toBytes()).isEqualTo(body);
  }

  @Test
  void needsAnObject() {
    assertThatExceptionOfType(MalformedJson.class)
        .isThrownBy(() -> splice("[]"))
        .withMessage("an object is needed, not an array (at byte 0)");
    assertThatExceptionOfType(MalformedJson.class).isThrownBy(() -> splice("{} x"));
  }

  private static Splice splice(String text) throws MalformedJson {
    return Splice.of(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String text(Splice splice) {
    return new String(splice.toBytes(), StandardCharsets.UTF_8);
  }
}
