package lip.support.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import lip.api.JsonString;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The quicker parser says what Jackson's own says, token by token, and refuses at the same place.
 */
class Utf8ParserTest {
  private static final JsonFactory JACKSON =
      new JsonFactoryBuilder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(Parsers.MAX_DEPTH)
                  .maxStringLength(Parsers.MAX_STRING)
                  .build())
          .disable(JsonFactory.Feature.CHARSET_DETECTION)
          .build();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"\"",
        "\"plain\"",
        "\"exactly8\"",
        "\"seven77\"",
        "\"nine99999\"",
        "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"",
        "\"\\u0041 \\ud83d\\ude00 \\ud83d\"",
        "\"\\u00e9\\u4e2d\\u00e9\"",
        "\"\\ud83d\\u0041 \\ude00\\ud83d \\ud83d\\ud83d\\ude00\"",
        "\"\\ud83d\\ude00 caf\u00e9 \\ud83d\\ude0\"",
        "\"\\ud83d\\ude00",
        "\"\\ud83d\\n\"",
        "\"\u00e9\\n\u00ff then \u0100 \\u00ff\"",
        "\"\\u0000\u0080\"",
        "\"\\x\"",
        "\"\\",
        "\"\\\"",
        "\"open",
        "\"line\nfeed\"",
        "\"del\u007f\"",
        "\"\ufffd was sent\"",
        "\"\u00e9\u4e2d\ud83d\ude00\"",
        "[\"a\",\"b\\n\", \"c\"  ,\"\"]",
        "{\"a\\n\":\"b\",\"a b c d e f g h i j\":\"k\"}",
        "\ufeff{}",
        "[{\"a\":[1,-0,0.5,-12.25,1e5,01,1.]},[]]",
        "[{\"a\":[1,-0,0.5,-12.25]}, [ ] ,{ } ,[true,false,null , {\"b\" : [[]]}]]",
        "[[1e5,1E-2],[12345678901234567890,0.1234567890123456789]]",
        "[[01]]",
        "[[1.]]",
        "[[-]]",
        "[[1,]]",
        "[{\"a\":1,}]",
        "[{,}]",
        "[{\"a\" 1}]",
        "[{\"a\"}]",
        "[{1:2}]",
        "[[1 2]]",
        "[[1}]",
        "[{\"a\":1]",
        "[[tru]]",
        "[[truex]]",
        "[[nul",
        "[[\"a\",\"b\\n\u00e9\u4e2d\ud83d\ude00\\u00e9\\uD83D\"],{\"n\u00e9\":1,\"e\\n\":2}]",
        "[[\"\\u12g4\"]]",
        "[[\"tab\tin it\"]]",
        "[[1\u000c]]",
        "{\"a\":{\"b\":{\"c\":[{\"d\":\"e\"}]}},\"f\":[{\"g\":null}]}"
      })
  void likeJackson(String text) {
    same(text.getBytes(StandardCharsets.UTF_8));
  }

  @Property(tries = 2_000)
  void likeJacksonWhateverComes(@ForAll("strings") String text) {
    same(("[\"" + text + "\",{\"k\":\"" + text + "\"}]").getBytes(StandardCharsets.UTF_8));
  }

  @Property(tries = 2_000)
  void likeJacksonWithADamagedByte(
      @ForAll("strings") String text, @ForAll @IntRange(max = 200) int at, @ForAll byte with) {
    byte[] json = ("{\"k\":\"" + text + "\",\"l\":[1]}").getBytes(StandardCharsets.UTF_8);
    json[at % json.length] = with;
    same(json);
    same(Arrays.copyOf(json, at % json.length));
  }

  @Property(tries = 3_000)
  void likeJacksonWhereValuesArePassedOver(
      @ForAll("values") String value, @ForAll @IntRange(max = 400) int at, @ForAll byte with) {
    byte[] json = ("[" + value + ",{\"k\":" + value + "}]").getBytes(StandardCharsets.UTF_8);
    same(json);
    same(Arrays.copyOf(json, at % json.length));
    json[at % json.length] = with;
    same(json);
  }

  /** A text whose characters are made later is the same text, and is refused for the same. */
  @Property(tries = 3_000)
  void aTextIsTheSameWhenItsCharactersAreMadeLater(
      @ForAll("strings") String text, @ForAll @IntRange(max = 200) int at, @ForAll byte with) {
    byte[] json = ("\"" + text + "\"").getBytes(StandardCharsets.UTF_8);
    sameText(json);
    json[at % json.length] = with;
    sameText(json);
  }

  private static void sameText(byte[] json) {
    String now = null;
    try {
      now = JsonReader.of(json).string();
    } catch (MalformedJson _) {
      // Then it must be refused below, too.
    }
    try {
      JsonString later = JsonReader.of(json).text();
      assertThat(later.text()).isEqualTo(now);
      JsonBuffer written = new JsonBuffer();
      new JsonWriter(written).value(later);
      assertThat(JsonReader.of(written.toBytes()).string()).isEqualTo(now);
    } catch (MalformedJson _) {
      assertThat(now).isNull();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 61, 62, 63, 64, 65, 70})
  void likeJacksonHoweverDeep(int depth) {
    same(("[" + "[".repeat(depth) + "]".repeat(depth) + ",1]").getBytes(StandardCharsets.UTF_8));
    same(
        ("{\"a\":" + "{\"b\":".repeat(depth) + "2" + "}".repeat(depth) + ",\"c\":1}")
            .getBytes(StandardCharsets.UTF_8));
  }

  @Provide
  Arbitrary<String> values() {
    Arbitrary<String> scalars =
        Arbitraries.oneOf(
            strings().map(text -> '"' + text + '"'),
            Arbitraries.of(
                "true",
                "false",
                "null",
                "0",
                "-1",
                "12.50",
                "1e5",
                "-2.5E+3",
                "00",
                "1234567890",
                "12345678901234567890",
                "tru",
                "-",
                "{",
                "]"));
    return Arbitraries.lazyOf(
        () -> scalars,
        () -> scalars,
        () -> values().list().ofMaxSize(3).map(all -> "[" + String.join(" , ", all) + "]"),
        () ->
            values()
                .list()
                .ofMaxSize(3)
                .map(all -> {
                  List<String> members = new ArrayList<>();
                  all.forEach(value -> members.add("\"m" + members.size() + "\" :\n" + value));
                  return "{" + String.join(",", members) + "\t}";
                }));
  }

  @Provide
  Arbitrary<String> strings() {
    return Arbitraries.oneOf(
            Arbitraries.strings().ascii().ofLength(1),
            Arbitraries.strings().withCharRange(' ', '~').ofMaxLength(12),
            Arbitraries.of(
                "\\n",
                "\\\"",
                "\\\\",
                "\\u00e9",
                "\\u4e2d",
                "\u00ff",
                "a longer run of text that is plain and so ".repeat(10),
                "\\ud83d\\ude00",
                "\\ud83d",
                "\\ude00",
                "\\u12",
                "\u0915",
                "\ud7a3",
                "\u00e9",
                "\u4e2d",
                "\ud83d\ude00"))
        .list()
        .ofMaxSize(12)
        .map(parts -> String.join("", parts));
  }

  private static void same(byte[] json) {
    assertThat(tokens(Parsers.FACTORY, json, true)).isEqualTo(tokens(JACKSON, json, true));
    assertThat(tokens(Parsers.FACTORY, json, false)).isEqualTo(tokens(JACKSON, json, false));
    assertThat(passed(Parsers.FACTORY, json, 1)).isEqualTo(passed(JACKSON, json, 1));
    assertThat(passed(Parsers.FACTORY, json, 2)).isEqualTo(passed(JACKSON, json, 2));
  }

  /** What is left of the tokens when values at a level are passed over. */
  private static List<String> passed(JsonFactory factory, byte[] json, int level) {
    List<String> tokens = new ArrayList<>();
    try (JsonParser parser = factory.createParser(json)) {
      while (parser.nextToken() != null) {
        if (parser.getParsingContext().getNestingDepth() >= level) {
          if (parser instanceof Utf8Parser ours) {
            ours.pass();
          } else {
            parser.skipChildren();
            parser.finishToken();
          }
        }
        tokens.add(
            parser.currentToken()
                + " "
                + parser.currentTokenLocation().getByteOffset()
                + " "
                + parser.currentLocation().getByteOffset()
                + " "
                + parser.getParsingContext().pathAsPointer());
      }
    } catch (IOException e) {
      tokens.add("refused");
    }
    return tokens;
  }

  private static List<String> tokens(JsonFactory factory, byte[] json, boolean read) {
    // In the middle of an array: an offset that is wrong shows.
    byte[] wider = new byte[json.length + 7];
    Arrays.fill(wider, (byte) '"');
    System.arraycopy(json, 0, wider, 3, json.length);
    List<String> tokens = new ArrayList<>();
    try (JsonParser parser = factory.createParser(wider, 3, json.length)) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (read) {
          String text = parser.getText();
          tokens.add(token + " " + text + " " + parser.currentLocation().getByteOffset());
          assertThat(parser.getText()).as("asked again").isEqualTo(text);
        } else {
          tokens.add(token + " " + parser.currentTokenLocation().getByteOffset());
        }
      }
    } catch (IOException e) {
      tokens.add("refused");
    }
    return tokens;
  }
}
