package lip.support.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import lip.api.Json;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class JsonPropertyTest {
  @Property(tries = 500)
  void aSpliceChangesWhatItIsToldAndNothingElse(
      @ForAll("bodies") String body, @ForAll("names") String set, @ForAll("names") String removed)
      throws MalformedJson {
    Splice splice = Splice.of(bytes(body)).set(set, Json.of("[\"new\"]")).remove(removed);
    List<Map.Entry<String, String>> expected = new ArrayList<>(members(bytes(body)));
    int place = -1;
    for (int i = 0; i < expected.size(); i++) {
      place = expected.get(i).getKey().equals(set) ? i : place;
    }
    if (!set.equals(removed)) {
      if (place < 0) {
        expected.add(Map.entry(set, "[\"new\"]"));
      } else {
        expected.set(place, Map.entry(set, "[\"new\"]"));
        List<Map.Entry<String, String>> earlier = expected.subList(0, place);
        earlier.removeIf(member -> member.getKey().equals(set));
      }
    }
    expected.removeIf(member -> member.getKey().equals(removed));
    assertThat(members(splice.toBytes())).isEqualTo(expected);
    Splice known = Splice.ofKnown(bytes(body)).set(set, Json.of("[\"new\"]")).remove(removed);
    assertThat(known.toBytes()).isEqualTo(splice.toBytes());
  }

  @Property(tries = 300)
  void replacingEveryValueByItselfChangesNoByte(@ForAll("bodies") String body)
      throws MalformedJson {
    Splice splice = Splice.of(bytes(body));
    Map<String, Integer> count = new LinkedHashMap<>();
    for (Map.Entry<String, String> member : members(bytes(body))) {
      count.merge(member.getKey(), 1, Integer::sum);
    }
    count.forEach((name, times) -> {
      if (times == 1) {
        splice.set(name, splice.get(name).orElseThrow());
      }
    });
    assertThat(splice.toBytes()).isEqualTo(bytes(body));
  }

  @Property(tries = 500)
  void anyBytesAreReadOrRefused(@ForAll @Size(max = 200) byte[] noise) {
    refuseOrRead(noise);
  }

  @Property(tries = 500)
  void damagedJsonIsReadOrRefused(
      @ForAll("bodies") String body, @ForAll @IntRange(max = 400) int at, @ForAll byte with) {
    byte[] damaged = bytes(body);
    damaged[at % damaged.length] = with;
    refuseOrRead(damaged);
    refuseOrRead(java.util.Arrays.copyOf(damaged, at % damaged.length));
  }

  @Property(tries = 300)
  void whatIsWrittenIsRead(@ForAll String text, @ForAll long number, @ForAll boolean bool)
      throws MalformedJson {
    java.io.ByteArrayOutputStream out = new java.io.ByteArrayOutputStream();
    JsonWriter writer = new JsonWriter(out);
    String valid = new String(bytes(text), StandardCharsets.UTF_8);
    writer.beginObject().name(valid).value(valid).name("n").value(number);
    writer.name("r").raw(Json.of("{ }")).name("b").value(bool).endObject().flush();
    JsonReader reader = JsonReader.of(out.toByteArray());
    reader.beginObject();
    assertThat(reader.nextMember()).isEqualTo(valid);
    assertThat(reader.string()).isEqualTo(valid);
    reader.nextMember();
    assertThat(reader.integer()).isEqualTo(number);
    reader.nextMember();
    assertThat(reader.raw()).isEqualTo(Json.of("{ }"));
    reader.nextMember();
    assertThat(reader.bool()).isEqualTo(bool);
    assertThat(reader.nextMember()).isNull();
    reader.finish();
  }

  @Provide
  Arbitrary<String> names() {
    return Arbitraries.of("a", "b", "c", "d");
  }

  @Provide
  Arbitrary<String> bodies() {
    Arbitrary<String> space = Arbitraries.of("", "", " ", "\n  ", "\t");
    Arbitrary<String> value =
        Arbitraries.of(
            "1",
            "-2.50E+3",
            "\"\"",
            "\"é😀 \\u00e9\\n\"",
            "null",
            "true",
            "{ \"a\" : 1}",
            "[ ]",
            "\"}],{\\\"\\\\\"",
            "[1,{\"b\":[2]}]");
    Arbitrary<String> member =
        Combinators.combine(space, names(), space, space, value, space)
            .as((s1, n, s2, s3, v, s4) -> s1 + "\"" + n + "\"" + s2 + ":" + s3 + v + s4);
    return Combinators.combine(space, member.list().ofMaxSize(6), space)
        .as((before, list, after) -> before + "{" + String.join(",", list) + "}" + after);
  }

  private static List<Map.Entry<String, String>> members(byte[] body) throws MalformedJson {
    List<Map.Entry<String, String>> members = new ArrayList<>();
    JsonReader reader = JsonReader.of(body);
    reader.beginObject();
    for (String name; (name = reader.nextMember()) != null; ) {
      members.add(Map.entry(name, reader.raw().text()));
    }
    reader.finish();
    return members.stream().collect(Collectors.toList());
  }

  private static void refuseOrRead(byte[] bytes) {
    try {
      JsonReader reader = JsonReader.of(bytes);
      reader.raw();
      reader.finish();
    } catch (MalformedJson expected) {
      assertThat(expected.offset()).isBetween(0L, (long) bytes.length);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
