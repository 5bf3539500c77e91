package lip.support.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import lip.api.Dialect;
import lip.api.Json;
import lip.api.Limits;
import lip.api.call.Source;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MembersTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"a\":1}",
        " { \"a\" :1 , \"b\": [ 1, {\"a\":2} ] ,\t\"c\":\"x\\\"y\" } ",
        "{\"a\":null,\"b\":true,\"c\":-1.5e3 ,\"d\":{}}",
        "{\"\\u0061\":\"\u00e9\",\"\u4e2d\":[],\"z\":1}\n"
      })
  void ofABodyItIsKnownWhereTheyStand(String text) throws MalformedJson {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    for (Reading reading : Reading.values()) {
      Members members = Members.ofBody(JsonReader.of(body), Dialect.OPENAI_CHAT);
      List<String> names = new ArrayList<>();
      for (String name; (name = members.next()) != null; ) {
        names.add(name);
        reading.read(members, name);
      }
      assertThat(members.fields())
          .as("%s of %s", reading, text)
          .isEqualTo(KnownObject.read(body).members())
          .extracting(Source.Field::name)
          .isEqualTo(names);
      Source source =
          new Source(Dialect.OPENAI_CHAT, Json.slice(body, 0, body.length), members.fields());
      assertThat(Splice.of(source).set("a", Json.of("[]")).remove("b").toBytes())
          .isEqualTo(Splice.of(body).set("a", Json.of("[]")).remove("b").toBytes());
    }
  }

  @Test
  void noMoreUnknownMembersAreKeptThanTheModelHolds() throws MalformedJson {
    assertThat(kept(Limits.EXTENSION_KEYS)).isEqualTo(Limits.EXTENSION_KEYS);
    assertThatExceptionOfType(MalformedJson.class)
        .isThrownBy(() -> kept(100_000))
        .withMessageContaining("x256")
        .withMessageContaining("not known");
  }

  private static int kept(int count) throws MalformedJson {
    String text =
        IntStream.range(0, count)
            .mapToObj(i -> "\"x" + i + "\":1")
            .collect(Collectors.joining(",", "{", "}"));
    Members members =
        new Members(JsonReader.of(text.getBytes(StandardCharsets.UTF_8)), Dialect.OPENAI_CHAT);
    for (String name; (name = members.next()) != null; ) {
      members.keep(name);
    }
    return members.extensions().of(Dialect.OPENAI_CHAT).size();
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"a\":1,\"a\":2}", "{\"a\":1,\"\\u0061\":2}"})
  void aNameThatStandsTwiceIsRefused(String text) {
    assertThatExceptionOfType(MalformedJson.class)
        .isThrownBy(() -> {
          Members members =
              Members.ofBody(
                  JsonReader.of(text.getBytes(StandardCharsets.UTF_8)), Dialect.OPENAI_CHAT);
          while (members.next() != null) {
            // The value is passed over.
          }
        })
        .withMessageContaining("stands twice");
  }

  /** What a decoder does with a value. */
  private enum Reading {
    PASSED_OVER,
    KEPT,
    EVERY_OTHER_KEPT;

    void read(Members members, String name) throws MalformedJson {
      if (this == KEPT || (this == EVERY_OTHER_KEPT && name.hashCode() % 2 == 0)) {
        members.keep(name);
      }
    }
  }
}
