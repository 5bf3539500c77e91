package lip.testing.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What single steps of a call allocate does not grow unnoticed: allocation is stable, time is not.
 */
class AllocationTest {
  private static final Path FILE = Path.of("allocation.txt");
  private static final String REFRESH =
      "mvn verify -pl bundles/testing/lip.testing.benchmarks -am -Dlip.all=true"
          + " -Dtest=AllocationTest -Dsurefire.failIfNoSpecifiedTests=false"
          + " -Dlip.refresh=allocation";

  /** More than the recorded value by this share is a growth. */
  private static final double GROWTH = 0.1;

  /** JMH's own noise where next to nothing is allocated. */
  private static final double NOISE = 2;

  @Test
  @Tag("long")
  @Timeout(value = 10, unit = TimeUnit.MINUTES)
  void noStepAllocatesMoreThanRecorded() throws Exception {
    Map<String, Double> measured = Micro.allocations(Micro.run("", 6, false));
    assertThat(measured).hasSizeGreaterThan(10);
    if (Arrays.asList(System.getProperty("lip.refresh", "").split(",")).contains("allocation")) {
      Files.writeString(FILE, text(measured));
    }

    assertThat(growths(recorded(Files.readString(FILE)), measured))
        .as("bytes per operation; when that is meant: %s", REFRESH)
        .isEmpty();
  }

  @Test
  void aGrowthOfMoreThanATenthIsFound() {
    Map<String, Double> recorded = recorded("# comment\n100 A.a\n0 B.b n=1\n");

    assertThat(recorded).containsExactly(Map.entry("A.a", 100.0), Map.entry("B.b n=1", 0.0));
    assertThat(growths(recorded, Map.of("A.a", 112.5))).containsExactly("A.a: 112.5 after 100.0");
    assertThat(growths(recorded, Map.of("A.a", 110.0, "B.b n=1", 1.0))).isEmpty();
    assertThat(growths(recorded, Map.of("C.c", 0.0))).containsExactly("C.c: not recorded");
    assertThat(recorded(text(Map.of("A.a", 99.7)))).containsExactly(Map.entry("A.a", 100.0));
  }

  private static List<String> growths(Map<String, Double> recorded, Map<String, Double> measured) {
    List<String> growths = new ArrayList<>();
    new TreeMap<>(measured)
        .forEach((name, bytes) -> {
          Double before = recorded.get(name);
          if (before == null) {
            growths.add(name + ": not recorded");
          } else if (bytes > before * (1 + GROWTH) + NOISE) {
            growths.add(name + ": " + bytes + " after " + before);
          }
        });
    return growths;
  }

  private static Map<String, Double> recorded(String text) {
    Map<String, Double> recorded = new TreeMap<>();
    text.lines()
        .filter(line -> !line.startsWith("#"))
        .forEach(line -> {
          int at = line.indexOf(' ');
          recorded.put(line.substring(at + 1), Double.valueOf(line.substring(0, at)));
        });
    return recorded;
  }

  private static String text(Map<String, Double> measured) {
    var text = new StringBuilder();
    text.append(
        "# Bytes that one operation allocates, by benchmark. Compared by AllocationTest.\n");
    text.append("# ").append(REFRESH).append('\n');
    new TreeMap<>(measured)
        .forEach(
            (name, bytes) -> text.append(String.format(Locale.ROOT, "%.0f %s%n", bytes, name)));
    return text.toString();
  }
}
