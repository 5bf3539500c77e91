package lip.testing.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What was found once, and what shows the ways through each target, is fed again. */
class SeedsTest {
  private static final Path CORPUS = Path.of("corpus").toAbsolutePath();

  @TestFactory
  List<DynamicTest> everySeedIsTaken() throws IOException {
    var tests = new ArrayList<DynamicTest>();
    for (String name : Targets.byName().keySet()) {
      List<Path> seeds = seeds(name);
      assertThat(seeds).as("seeds of " + name).hasSizeGreaterThan(2);
      for (Path seed : seeds) {
        tests.add(
            DynamicTest.dynamicTest(
                name + "/" + seed.getFileName(), () -> take(name, Files.readAllBytes(seed))));
      }
    }
    return tests;
  }

  /** Each seed cut off everywhere and with some bytes changed: the same ones each time. */
  @TestFactory
  Stream<DynamicTest> everyDamagedSeedIsTaken() {
    return Targets.byName().keySet().stream()
        .map(name ->
            DynamicTest.dynamicTest(
                name,
                () -> {
                  var random = new Random(name.hashCode());
                  for (Path seed : seeds(name)) {
                    byte[] bytes = Files.readAllBytes(seed);
                    for (int i = 0; i < 60; i++) {
                      byte[] damaged =
                          java.util.Arrays.copyOf(
                              bytes, i < 30 ? random.nextInt(bytes.length + 1) : bytes.length);
                      for (int k = 0; k < i % 4 && damaged.length > 0; k++) {
                        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
                      }
                      take(name, damaged);
                    }
                  }
                }));
  }

  @Test
  void aTargetThatHoardsIsFound() {
    Target hoards =
        _ -> {
          var all = new ArrayList<byte[]>();
          for (int i = 0; i < 80; i++) {
            all.add(new byte[1 << 20]);
          }
          assertThat(all).hasSize(80);
        };
    assertThatThrownBy(() -> new Bounded(hoards).take(new byte[3]))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("made it allocate");
  }

  @Test
  void aRefusalWithoutAParameterIsFound() {
    assertThatThrownBy(() -> new ErrorBody("something is wrong", null).explains())
        .isInstanceOf(AssertionError.class);
  }

  private static void take(String name, byte[] bytes) {
    try {
      new Bounded(Targets.named(name)).take(bytes);
    } catch (Exception | AssertionError e) {
      throw new AssertionError(
          name + " fails on: " + new String(bytes, StandardCharsets.ISO_8859_1), e);
    }
  }

  private static List<Path> seeds(String name) throws IOException {
    return Targets.seeds(CORPUS.resolve(name));
  }
}
