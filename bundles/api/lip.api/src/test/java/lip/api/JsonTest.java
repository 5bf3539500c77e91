package lip.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonTest {
  @Test
  void aSliceIsEqualToTheSameText() {
    byte[] body = "{\"a\": [1, 2 ]}".getBytes(StandardCharsets.UTF_8);
    Json slice = Json.slice(body, 6, 7);
    assertThat(slice.text()).isEqualTo("[1, 2 ]");
    assertThat(slice).isEqualTo(Json.of("[1, 2 ]")).hasSameHashCodeAs(Json.of("[1, 2 ]"));
    assertThat(slice).isNotEqualTo(Json.of("[1,2]"));
    assertThat(slice.toBytes()).isEqualTo("[1, 2 ]".getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void aSliceOutsideOfTheBytesIsRefused() {
    assertThatThrownBy(() -> Json.slice(new byte[4], 2, 3))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> Json.slice(new byte[4], 2, Integer.MAX_VALUE))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void textNeverReachesALogByAccident() {
    assertThat(Json.of("\"secret\"").toString()).isEqualTo("Json[8 bytes]");
  }

  @Test
  void extensionsKeepTheirOrder() {
    var fields = new LinkedHashMap<String, Json>();
    fields.put("z", Json.NULL);
    fields.put("a", Json.NULL);
    Extensions extensions = Extensions.of(Dialect.OPENAI_CHAT, fields);
    assertThat(extensions.of(Dialect.OPENAI_CHAT).keySet()).containsExactly("z", "a");
    assertThat(extensions.of(Dialect.ANTHROPIC)).isEmpty();
    assertThat(new Extensions(Map.of(Dialect.GEMINI, new LinkedHashMap<>())).isEmpty()).isTrue();
  }

  @Test
  void utf8LengthIsThatOfTheEncoding() {
    for (String text : new String[] {"", "abc", "äöü", "€", "😀", "a😀b", "\ud83d", "x\ude00"}) {
      int lone = text.equals("\ud83d") || text.equals("x\ude00") ? 2 : 0; // '?' is one byte
      assertThat(Limits.utf8Length(text))
          .isEqualTo(text.getBytes(StandardCharsets.UTF_8).length + lone);
    }
  }

  @Test
  void aPartIsAViewOfTheSameBytes() {
    byte[] body = "{\"a\":[1, 2 ]}".getBytes(StandardCharsets.UTF_8);
    Json inner = Json.slice(body, 1, body.length - 2);
    assertThat(inner.part(4, inner.length())).isEqualTo(Json.of("[1, 2 ]"));
    byte[] target = new byte[5];
    inner.copy(5, 8, target, 1);
    assertThat(target).isEqualTo(new byte[] {0, '1', ',', ' ', 0});
    assertThatThrownBy(() -> inner.part(4, inner.length() + 1))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> inner.copy(-1, 1, target, 0))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }
}
