package lip.support.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import lip.api.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonReaderTest {
  @Test
  void readsValueByValue() throws MalformedJson {
    JsonReader reader =
        reader("{\"s\":\"é\",\"n\":null,\"i\":3.0,\"d\":0.5,\"b\":true,\"a\":[1,2]}");
    reader.beginObject();
    assertThat(reader.nextMember()).isEqualTo("s");
    assertThat(reader.string()).isEqualTo("é");
    assertThat(reader.nextMember()).isEqualTo("n");
    assertThat(reader.stringOrNull()).isNull();
    assertThat(reader.nextMember()).isEqualTo("i");
    assertThat(reader.integer()).isEqualTo(3);
    assertThat(reader.nextMember()).isEqualTo("d");
    assertThat(reader.number()).isEqualTo(0.5);
    assertThat(reader.nextMember()).isEqualTo("b");
    assertThat(reader.peek()).isEqualTo(JsonKind.BOOLEAN);
    assertThat(reader.bool()).isTrue();
    assertThat(reader.nextMember()).isEqualTo("a");
    reader.beginArray();
    List<Long> numbers = new ArrayList<>();
    while (reader.nextElement()) {
      numbers.add(reader.integer());
    }
    assertThat(numbers).containsExactly(1L, 2L);
    assertThat(reader.nextMember()).isNull();
    reader.finish();
  }

  @Test
  void meetsSoManyElementsAndMembersAndNoMore() throws MalformedJson {
    assertThat(met(reader(list(JsonReader.MOST)))).isEqualTo(JsonReader.MOST);
    assertThatExceptionOfType(MalformedJson.class)
        .isThrownBy(() -> met(reader(list(JsonReader.MOST + 1))))
        .satisfies(e -> assertThat(e.path()).isEqualTo("[100000]"))
        .satisfies(e -> assertThat(e.problem()).contains("100000 elements and members"))
        .satisfies(e -> assertThat(e.offset()).isEqualTo(200_001));
  }

  @Test
  void howManyAreMetCanBeAskedFor() throws MalformedJson {
    int more = JsonReader.MOST + 1;
    assertThat(met(reader(list(more)).atMost(more))).isEqualTo(more);
    JsonReader few = reader("{\"a\":[1,2],\"b\":3}").atMost(3);
    few.beginObject();
    assertThat(few.nextMember()).isEqualTo("a");
    assertThat(met(few)).isEqualTo(2);
    assertThatExceptionOfType(MalformedJson.class)
        .isThrownBy(few::nextMember)
        .satisfies(e -> assertThat(e.path()).isEqualTo("b"));
  }

  @Test
  void whatIsSkippedOrTakenRawIsNotMet() throws MalformedJson {
    String many = list(10);
    JsonReader reader = reader("[" + many + "," + many + "," + many + "]").atMost(3);
    reader.beginArray();
    assertThat(reader.nextElement()).isTrue();
    assertThat(reader.raw().text()).isEqualTo(many);
    assertThat(reader.nextElement()).isTrue();
    reader.skip();
    assertThat(reader.nextElement()).isTrue();
    assertThat(reader.nextElement()).isFalse();
    reader.finish();
  }

  @Test
  void aFailureInsideOfAnotherTextSaysItsPlace() {
    assertThat(new MalformedJson("a[1]", "p", 3).inside("metadata").path())
        .isEqualTo("metadata.a[1]");
    assertThat(new MalformedJson("[1].a", "p", 3).inside("input").path()).isEqualTo("input[1].a");
    assertThat(new MalformedJson("", "p", 3).inside("stop").path()).isEqualTo("stop");
  }

  private static String list(int elements) {
    return "[" + "1,".repeat(elements - 1) + "1]";
  }

  private static int met(JsonReader reader) throws MalformedJson {
    int met = 0;
    reader.beginArray();
    while (reader.nextElement()) {
      met++;
    }
    return met;
  }

  @Test
  void takesRawValuesAsTheyStand() throws MalformedJson {
    String body = " { \"a\" : { \"x\" :[1 , 2 ]} , \"b\": \"\\u00e9\", \"c\":-1.50e3,\"d\" :null}";
    byte[] padded = ("##" + body + "##").getBytes(StandardCharsets.UTF_8);
    JsonReader reader = JsonReader.of(padded, 2, padded.length - 4);
    Map<String, String> raw = new LinkedHashMap<>();
    reader.beginObject();
    for (String name; (name = reader.nextMember()) != null; ) {
      raw.put(name, reader.raw().text());
    }
    reader.finish();
    assertThat(raw)
        .containsEntry("a", "{ \"x\" :[1 , 2 ]}")
        .containsEntry("b", "\"\\u00e9\"")
        .containsEntry("c", "-1.50e3")
        .containsEntry("d", "null");
  }

  @Test
  void takesARawRoot() throws MalformedJson {
    for (String text : List.of("{}", "[1]", "\"é😀\"", "12", "true")) {
      JsonReader reader = reader(" " + text + " ");
      assertThat(reader.raw()).isEqualTo(Json.of(text));
      reader.finish();
    }
  }

  @Test
  void tellsOfAPlaceWhenItsValueWasRead() throws MalformedJson {
    JsonReader reader = reader("{\"list\":[7, {\"a\" : {\"b\":\"c\"}} ,\"text\" ]}");
    reader.beginObject();
    assertThat(reader.nextMember()).isEqualTo("list");
    reader.beginArray();
    List<String> paths = new ArrayList<>();
    List<String> texts = new ArrayList<>();
    while (reader.nextElement()) {
      JsonReader.Place place = reader.here();
      switch (reader.peek()) {
        case OBJECT -> {
          reader.beginObject();
          while (reader.nextMember() != null) {
            reader.skip();
          }
          MalformedJson failure = place.failure("z", "is needed");
          assertThat(failure.path()).isEqualTo("list[1].z");
        }
        case STRING -> reader.string();
        default -> reader.integer();
      }
      paths.add(place.path());
      texts.add(place.text().text());
    }
    assertThat(paths).containsExactly("list[0]", "list[1]", "list[2]");
    assertThat(texts).containsExactly("7", "{\"a\" : {\"b\":\"c\"}}", "\"text\"");
  }

  @Test
  void skipsWhatIsNotRead() throws MalformedJson {
    JsonReader reader = reader("{\"a\":{\"b\":[1,{}]},\"c\":[{\"d\":1},2],\"e\":7}");
    reader.beginObject();
    assertThat(reader.nextMember()).isEqualTo("a");
    assertThat(reader.nextMember()).isEqualTo("c");
    reader.beginArray();
    assertThat(reader.nextElement()).isTrue();
    assertThat(reader.nextElement()).isTrue();
    assertThat(reader.nextElement()).isFalse();
    assertThat(reader.nextMember()).isEqualTo("e");
    assertThat(reader.nextMember()).isNull();
    reader.finish();
  }

  @Test
  void namesThePathOfAWrongType() throws MalformedJson {
    String body = "{\"messages\":[{\"role\":\"user\"},{\"role\":7}]}";
    JsonReader reader = reader(body);
    reader.beginObject();
    reader.nextMember();
    reader.beginArray();
    reader.nextElement();
    reader.nextElement();
    reader.beginObject();
    reader.nextMember();
    MalformedJson failure = catchThrowableOfType(MalformedJson.class, reader::string);
    assertThat(failure.path()).isEqualTo("messages[1].role");
    assertThat(failure.problem()).isEqualTo("a string is needed, not a number");
    assertThat(failure.offset()).isEqualTo(body.indexOf('7'));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "{",
        "{\"a\"",
        "{\"a\":SECRET}",
        "[1,]",
        "\"SECRET",
        "{} {}",
        "nul",
        "01",
        "{\"a\":\"\\q SECRET\"}",
        "\"\u0001\""
      })
  void refusesWhatIsNotJsonWithoutQuotingIt(String text) {
    assertThatExceptionOfType(MalformedJson.class)
        .isThrownBy(() -> readAll(text.getBytes(StandardCharsets.UTF_8)))
        .satisfies(failure -> {
          assertThat(failure.getMessage()).doesNotContain("SECRET").contains("at byte");
          assertThat(failure.getCause()).isNull();
        });
  }

  @Test
  void refusesOtherEncodings() {
    assertThatExceptionOfType(MalformedJson.class)
        .isThrownBy(() -> readAll("{\"a\":1}".getBytes(StandardCharsets.UTF_16BE)));
    assertThatExceptionOfType(MalformedJson.class)
        .isThrownBy(() -> readAll(new byte[] {'"', (byte) 0xff, '"'}));
  }

  @Test
  void boundsTheDepth() throws MalformedJson {
    readAll(("[".repeat(64) + "]".repeat(64)).getBytes(StandardCharsets.UTF_8));
    assertThatExceptionOfType(MalformedJson.class)
        .isThrownBy(() -> readAll("[".repeat(65).getBytes(StandardCharsets.UTF_8)))
        .withMessageContaining("deeper than 64 levels");
  }

  @Test
  void readsALongString() throws MalformedJson {
    byte[] text = ("\"" + "x".repeat(30_000_000) + "\"").getBytes(StandardCharsets.UTF_8);
    assertThat(JsonReader.of(text).string()).hasSize(30_000_000);
  }

  @Test
  void refusesNumbersThatAreNotWholeOrTooLarge() {
    assertThatExceptionOfType(MalformedJson.class).isThrownBy(() -> reader("1.5").integer());
    assertThatExceptionOfType(MalformedJson.class)
        .isThrownBy(() -> reader("99999999999999999999").integer())
        .withMessageContaining("too large");
  }

  private static void readAll(byte[] bytes) throws MalformedJson {
    JsonReader reader = JsonReader.of(bytes);
    reader.skip();
    reader.finish();
  }

  private static JsonReader reader(String text) {
    return JsonReader.of(text.getBytes(StandardCharsets.UTF_8));
  }
}
