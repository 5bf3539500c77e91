package lip.testing.system.soak;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two minutes with a seed that is always the same. */
@Tag("system")
@Tag("long")
class SoakTest {
  @TempDir Path folder;

  @Test
  @Timeout(value = 10, unit = TimeUnit.MINUTES)
  void noAnswerIsWrongAndEveryChangeComesIntoForce() {
    var text = new ByteArrayOutputStream();
    try (var out = new PrintStream(text, true, StandardCharsets.UTF_8);
        var soak = new Soak(SoakOptions.of(2, 20_261_124), folder, out)) {
      soak.run();
    }
    // Counts are for long runs: what a busy machine has not let go of yet, is no growth.
    assertThat(text.toString(StandardCharsets.UTF_8))
        .contains("ok    wrong answers 0", "ok    failed changes 0", "ok    class loaders")
        .doesNotContain("requests 0:");
  }
}
