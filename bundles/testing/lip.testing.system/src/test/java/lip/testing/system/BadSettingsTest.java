package lip.testing.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A file that is wrong is refused with file, key, value and what is allowed; nothing changes. */
@Tag("system")
@ExtendWith(SharedInstance.class)
class BadSettingsTest {
  private static final String STUB = "lip.backend.stub~tested.cfg";

  static Stream<Arguments> files() {
    return Stream.of(
        Arguments.of("delay = 0s\ntextt = x\n", new String[] {"textt"}),
        Arguments.of("chunk.size = many\n", new String[] {"chunk.size", "many"}),
        Arguments.of("first.delay = 100d\n", new String[] {"first.delay", "100d"}),
        Arguments.of("input.tokens = -3\n", new String[] {"input.tokens", "-3"}),
        Arguments.of("error.status = 200\n", new String[] {"error.status", "200", "400 to 599"}));
  }

  @ParameterizedTest
  @MethodSource("files")
  void aWrongFileIsRefusedAndTheRunningStateStays(
      String text, String[] words, SharedInstance.Parts parts) throws IOException {
    Instance instance = parts.instance();
    instance.config(STUB, "text = good\n");
    instance.await(
        "the good file is applied",
        tree -> Seen.active(tree, "tested", "") && Seen.fileState(tree, STUB).equals("applied"));

    instance.config(STUB, text);

    instance.await("it is refused", tree -> !problem(tree, STUB).isEmpty());
    assertThat(problem(instance.inventory(), STUB)).contains(words);
    assertThat(instance.log()).contains(STUB).contains(words);
    try (var connection = new Connection(instance.port())) {
      connection.post(
          "/v1/chat/completions", "application/json", BadInputTest.chat("tested:stub-default"));
      assertThat(connection.body()).contains("good");
    }
  }

  @Test
  void limitsThatContradictEachOtherAreRefused(SharedInstance.Parts parts) {
    String file = "lip.server.cfg";
    Instance instance = parts.instance();
    String good = instance.config(file);
    try {
      instance.config(
          file, good + "\nmax.request.body.bytes = 8MiB\nmax.inflight.decode.bytes = 4MiB\n");

      instance.await("it is refused", tree -> !problem(tree, file).isEmpty());
      assertThat(problem(instance.inventory(), file))
          .contains("max.inflight.decode.bytes", "at least 8MiB");
    } finally {
      instance.config(file, good);
    }
    instance.await("the good file is applied", tree -> problem(tree, file).isEmpty());
  }

  @ParameterizedTest
  @org.junit.jupiter.params.provider.ValueSource(strings = {"sk-literal-secret-0123456789abcdef"})
  void aLiteralSecretIsRefusedAndNotRepeated(String secret, SharedInstance.Parts parts) {
    String file = "lip.backend.openai.legacy~literal.cfg";
    Instance instance = parts.instance();
    instance.config(file, "base.url = http://127.0.0.1:1/v1\napi.keys = " + secret + "\n");

    instance.await("it is refused", tree -> !problem(tree, file).isEmpty());

    assertThat(problem(instance.inventory(), file)).contains("api.keys").contains("env:");
    assertThat(instance.log()).doesNotContain(secret);
    assertThat(instance.admin("GET", "/system/console/lip.json", "").body())
        .doesNotContain(secret)
        .doesNotContain(SharedInstance.KEY);
    instance.deleteConfig(file);
  }

  private static String problem(Tree inventory, String file) {
    return Seen.fileState(inventory, file).equals("refused") ? Seen.reason(inventory, file) : "";
  }
}
