package lip.testing.system.parity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.Stream;
import lip.testing.emulator.JsonValue;
import lip.testing.system.parity.ParityInstance.Dialect;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Providers cache what a prompt begins with, byte by byte: what was sent once is sent the same way
 * in every later turn.
 */
@Tag("system")
class ByteStabilityTest {
  private static final int TURNS = 40;
  private static final String MARKER = ",\"cache_control\":{\"type\":\"ephemeral\"}";

  @RegisterExtension static final OwnParityInstance INSTANCE = new OwnParityInstance();

  static Stream<Arguments> pairs() {
    return Stream.of(Dialect.values())
        .flatMap(from -> Stream.of(Dialect.values()).map(to -> new Dialect[] {from, to}))
        .flatMap(pair ->
            Stream.of("m", "m-touched", "claude-sonnet-4-5")
                .map(model -> Arguments.of(pair[0], pair[1], model)));
  }

  @ParameterizedTest(name = "{0} to {1}, model {2}")
  @MethodSource("pairs")
  void whatWasSentStaysTheBeginning(Dialect from, Dialect to, String model) throws IOException {
    List<String> sent = sent(from, to, model, false);
    for (int i = 1; i < sent.size(); i++) {
      check(sent.get(i - 1), sent.get(i));
    }
  }

  /** The client itself moves its marker to the last turn; nothing else may move. */
  @ParameterizedTest(name = "{0} to {1}, model {2}")
  @MethodSource("pairs")
  void aMarkerThatMovesMovesNothingElse(Dialect from, Dialect to, String model) throws IOException {
    List<String> sent = sent(from, to, model, true);
    for (int i = 1; i < sent.size(); i++) {
      check(plain(sent.get(i - 1)), plain(sent.get(i)));
    }
  }

  /** The check itself must be able to fail: an encoder that orders members in another way. */
  @Test
  void anotherOrderOfMembersIsFound() throws IOException {
    List<String> sent = sent(Dialect.CHAT, Dialect.MESSAGES, "m", false);
    String before = sent.get(10);
    String after = sent.get(11);
    check(before, after);
    JsonValue tree = ParityInstance.parsed(after);
    for (String part : List.of("/messages/5", "/tools/0", "/system/0", "/messages/3/content/0")) {
      JsonValue object = Pointers.get(tree, part);
      assertThat(object).as(part).isNotNull();
      String mutant = Pointers.set(tree, part, reversed(object)).toString();
      assertThatExceptionOfType(AssertionError.class)
          .as(part)
          .isThrownBy(() -> check(before, mutant));
    }
  }

  private static JsonValue reversed(JsonValue value) {
    SequencedMap<String, JsonValue> members = new LinkedHashMap<>();
    List<String> names = new ArrayList<>(((JsonValue.Obj) value).members().keySet());
    Collections.reverse(names);
    names.forEach(name -> members.put(name, ((JsonValue.Obj) value).get(name)));
    return new JsonValue.Obj(members);
  }

  private static List<String> sent(Dialect from, Dialect to, String model, boolean moving) {
    List<String> sent = new ArrayList<>();
    for (JsonValue body : new AgentTalk(from, moving).requests(TURNS)) {
      ParityInstance.Outcome outcome = INSTANCE.get().send(from, to, model, body, Map.of());
      assertThat(outcome.status()).as(outcome.answer()).isEqualTo(200);
      sent.add(String.valueOf(outcome.sent()));
    }
    return sent;
  }

  private static void check(String before, String after) throws IOException {
    Map<String, String> first = members(before);
    Map<String, String> second = members(after);
    assertThat(second.get("tools")).as("tools").isNotBlank().isEqualTo(first.get("tools"));
    assertThat(second.get("system")).as("system").isEqualTo(first.get("system"));
    String messages = first.getOrDefault("messages", "");
    assertThat(messages).endsWith("]");
    String start = messages.substring(0, messages.length() - 1);
    assertThat(second.getOrDefault("messages", "")).as("messages").startsWith(start + ",");
  }

  private static String plain(String body) {
    return body.replace(MARKER, "");
  }

  /** The members of an object as they are written. */
  private static Map<String, String> members(String json) throws IOException {
    Map<String, String> members = new LinkedHashMap<>();
    try (JsonParser parser = new JsonFactory().createParser(json)) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        parser.nextToken();
        int from = (int) parser.currentTokenLocation().getCharOffset();
        parser.skipChildren();
        parser.getText();
        members.put(name, json.substring(from, (int) parser.currentLocation().getCharOffset()));
      }
    }
    return members;
  }
}
