package lip.testing.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import lip.testing.emulator.chat.ChatEmulator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MainTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  @Test
  void printsItsAddress() {
    try (Main.Running emulator = start("chat", "--port", "0", "--delay", "0ms", "--key", "k")) {
      assertThat(out.toString(StandardCharsets.UTF_8)).contains(emulator.baseUrl().toString());
    }
  }

  @Test
  void speaksMessagesToo() {
    try (Main.Running emulator = start("messages", "--port", "0")) {
      assertThat(out.toString(StandardCharsets.UTF_8))
          .contains("Anthropic Messages emulator: " + emulator.baseUrl());
    }
  }

  @Test
  void saysWhichPortIsTaken() {
    try (ChatEmulator emulator = ChatEmulator.start()) {
      String port = Integer.toString(emulator.port());
      assertThatExceptionOfType(UncheckedIOException.class)
          .isThrownBy(() -> start("chat", "--port", port))
          .withMessageContaining("127.0.0.1:" + port);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "other", "chat --port", "chat --port x", "chat --delay 5", "chat --what 1"})
  void refusesWrongArguments(String line) {
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> start(line.isEmpty() ? new String[0] : line.split(" ", -1)));
  }

  private Main.Running start(String... arguments) {
    return Main.start(arguments, new PrintStream(out, true, StandardCharsets.UTF_8));
  }
}
