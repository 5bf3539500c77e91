package lip.support.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecurringTest {
  private final Recurring<List<String>> recurring = new Recurring<>();
  private int read;

  private List<String> texts(JsonReader reader) throws MalformedJson {
    read++;
    List<String> texts = new ArrayList<>();
    reader.beginArray();
    while (reader.nextElement()) {
      texts.add(reader.string());
    }
    return List.copyOf(texts);
  }

  /** The array as a member between others, as in a request. */
  private List<String> request(String array) throws MalformedJson {
    byte[] body =
        ("{\"before\": {\"a\": [1]}, \"list\" : " + array + " ,\"after\":\"x\"}")
            .getBytes(StandardCharsets.UTF_8);
    JsonReader reader = JsonReader.of(body);
    List<String> list = List.of();
    List<String> names = new ArrayList<>();
    reader.beginObject();
    for (String name; (name = reader.nextMember()) != null; ) {
      names.add(name);
      if (name.equals("list")) {
        list = recurring.read(reader, this::texts);
      } else if (name.equals("after")) {
        assertThat(reader.string()).isEqualTo("x");
        assertThat(reader.path()).isEqualTo("after");
      }
    }
    reader.finish();
    assertThat(names).containsExactly("before", "list", "after");
    return list;
  }

  private static String array(String first) {
    return "[\"" + first + "\", \"" + "long enough to be worth it ".repeat(20) + "\"]";
  }

  @Test
  void whatCameTwiceIsNotReadAgain() throws MalformedJson {
    List<String> first = request(array("a"));
    assertThat(request(array("a"))).isEqualTo(first);
    int before = read;
    List<String> third = request(array("a"));
    assertThat(third).isEqualTo(first);
    assertThat(request(array("a"))).isSameAs(third);
    assertThat(read).isEqualTo(before);
  }

  @Test
  void oneOtherByteIsAnotherValue() throws MalformedJson {
    for (int i = 0; i < 3; i++) {
      request(array("a"));
    }
    assertThat(request(array("b")).getFirst()).isEqualTo("b");
    assertThat(request(array("a").replace("\", \"", "\",  \"")).getFirst()).isEqualTo("a");
    String longer = array("a").replace("]", ",\"more\"]");
    assertThat(request(longer)).hasSize(3);
  }

  @Test
  void shortOnesAreRead() throws MalformedJson {
    for (int i = 1; i <= 4; i++) {
      assertThat(request("[\"a\"]")).containsExactly("a");
      assertThat(read).isEqualTo(i);
    }
  }

  @Test
  void whatIsRefusedIsRefusedEachTime() {
    String wrong = array("a").replace("]", ",1]");
    for (int i = 0; i < 4; i++) {
      assertThatThrownBy(() -> request(wrong))
          .isInstanceOf(MalformedJson.class)
          .hasMessageContaining("list[2]");
      assertThatThrownBy(() -> request("\"no array\"")).isInstanceOf(MalformedJson.class);
    }
  }

  @Test
  void aValueThatIsCutIsNotTakenForTheWholeOne() throws MalformedJson {
    for (int i = 0; i < 3; i++) {
      request(array("a"));
    }
    byte[] cut = array("a").substring(0, 40).getBytes(StandardCharsets.UTF_8);
    assertThatThrownBy(() -> recurring.read(JsonReader.of(cut), this::texts))
        .isInstanceOf(MalformedJson.class);
  }

  @Test
  void theOldestGoesFirst() throws MalformedJson {
    for (int kind = 0; kind < 40; kind++) {
      for (int i = 0; i < 3; i++) {
        assertThat(request(array("kind " + kind)).getFirst()).isEqualTo("kind " + kind);
      }
    }
    int before = read;
    request(array("kind 39"));
    assertThat(read).isEqualTo(before);
    request(array("kind 0"));
    assertThat(read).isGreaterThan(before);
  }

  @Test
  void largeOnesDriveOutOthersButAreBounded() throws MalformedJson {
    for (int i = 0; i < 3; i++) {
      request(array("small"));
    }
    for (String name : List.of("x", "y", "z")) {
      String large = array(name).replace("]", ",\"" + "v".repeat(400_000) + "\"]");
      for (int i = 0; i < 3; i++) {
        request(large);
      }
    }
    int before = read;
    request(array("small"));
    assertThat(read).isGreaterThan(before);
    String tooLarge = array("w").replace("]", ",\"" + "v".repeat(600_000) + "\"]");
    for (int i = 0; i < 3; i++) {
      before = read;
      request(tooLarge);
      assertThat(read).isEqualTo(before + 1);
    }
  }
}
