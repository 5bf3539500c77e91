package lip.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineTest {

  private static Command parse(String... words) {
    return CommandLine.parse(List.of(words));
  }

  @Test
  void runIsTheDefault() {
    assertThat(parse()).isEqualTo(new Command.Run(null, null));
    assertThat(parse("--dir", "x", "--config=y"))
        .isEqualTo(new Command.Run(Path.of("x"), Path.of("y")));
    assertThat(parse("run", "--dir=x")).isEqualTo(new Command.Run(Path.of("x"), null));
  }

  @Test
  void checkConfigTakesAFolder() {
    assertThat(parse("check-config", "conf", "--json", "--strict"))
        .isEqualTo(new Command.CheckConfig(null, Path.of("conf"), true, true));
    assertThat(parse("check-config")).isEqualTo(new Command.CheckConfig(null, null, false, false));
  }

  @Test
  void whatIsSaidMayBeSeveralWordsOrLookLikeAnOption() {
    assertThat(parse("try", "--model", "m", "hello", "there"))
        .isEqualTo(new Command.Try(null, null, "m", "hello there"));
    assertThat(parse("try", "--", "--model"))
        .isEqualTo(new Command.Try(null, null, null, "--model"));
  }

  @Test
  void helpAndVersion() {
    assertThat(parse("--help")).isEqualTo(new Command.Help());
    assertThat(parse("try", "--help")).isEqualTo(new Command.Help());
    assertThat(parse("--version")).isEqualTo(new Command.Version());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "serve",
        "--port=1",
        "run --port 1",
        "run here",
        "run --dir",
        "run --dir a --dir b",
        "check-config a b",
        "inventory --xml",
        "try",
        "try --model m",
        "version now"
      })
  void whatIsNotUnderstoodIsRefused(String line) {
    assertThatThrownBy(() -> parse(line.split(" "))).isInstanceOf(UsageError.class);
  }
}
