package lip.support.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts are written as one character after the other would be, however many are taken at once. */
class JsonBufferTest {
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 63, 64, 65, 71, 72, 73, 511, 512, 513, 1023, 1024, 1025, 3000})
  void textsOfAnyLength(int length) {
    for (String unit :
        List.of(
            "a", "?", "\"", "\u0001", "\u00e9", "\u4e2d", "\ud83d\ude00", "\ud83d", "ab\n\t??")) {
      same(unit.repeat(length));
      same("x".repeat(length) + unit);
      same("x".repeat(length) + unit + "y".repeat(20));
    }
  }

  @Property(tries = 2_000)
  void anyTexts(@ForAll("texts") String text) {
    same(text);
  }

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.oneOf(
            Arbitraries.strings().all().ofMaxLength(20),
            Arbitraries.strings().withCharRange('\0', '\u00ff').ofMaxLength(40),
            Arbitraries.of(
                "some plain words of prose? ".repeat(7),
                "if (a < b) {\n\t\"c\\d\"\n}\n".repeat(9),
                "\ud83d",
                "\ude00",
                "\ud83d\ude00",
                "\u4e2d\u6587"))
        .list()
        .ofMaxSize(12)
        .map(parts -> String.join("", parts));
  }

  private static void same(String text) {
    JsonBuffer buffer = new JsonBuffer(1);
    buffer.quoted(text);
    assertThat(new String(buffer.toBytes(), StandardCharsets.UTF_8))
        .isEqualTo('"' + expected(text) + '"');
  }

  private static String expected(String text) {
    StringBuilder all = new StringBuilder();
    text.codePoints()
        .forEach(c -> {
          switch (c) {
            case '"' -> all.append("\\\"");
            case '\\' -> all.append("\\\\");
            case '\n' -> all.append("\\n");
            case '\r' -> all.append("\\r");
            case '\t' -> all.append("\\t");
            case '\b' -> all.append("\\b");
            case '\f' -> all.append("\\f");
            default -> {
              boolean lone = c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
              if (c < ' ' || lone) {
                all.append("\\u").append(String.format("%04x", c));
              } else {
                all.appendCodePoint(c);
              }
            }
          }
        });
    return all.toString();
  }
}
