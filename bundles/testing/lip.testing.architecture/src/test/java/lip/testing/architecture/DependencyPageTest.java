package lip.testing.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Every library that is not ours has a line in docs/dependencies.md, and no line outlives its
 * library.
 */
class DependencyPageTest {
  private static final Pattern ENTRY =
      Pattern.compile("<groupId>([^<]+)</groupId>\\s*<artifactId>([^<]+)</artifactId>");
  private static final Pattern ROW =
      Pattern.compile("(?m)^\\| `([^`]+)` \\|[^|\n]+\\|[^|\n]+\\|[^|\n]+\\|$");

  @Test
  void thePageAndTheBillOfMaterialsNameTheSameLibraries() {
    Set<String> libraries = libraries(Checkout.read(Checkout.ROOT.resolve("cnf/bom/pom.xml")));

    assertThat(libraries).hasSizeGreaterThan(20);
    assertThat(rows(Checkout.read(Checkout.ROOT.resolve("docs/dependencies.md"))))
        .isEqualTo(libraries);
  }

  @Test
  void aLibraryWithoutALineAndALineWithoutReasonTurnRed() {
    assertThat(libraries("<groupId>a</groupId><artifactId>b</artifactId>")).containsExactly("b");
    assertThat(rows("| `b` | what for | why | test |\n")).containsExactly("b");
    assertThat(rows("| `b` | what for |\n| `c` |\nb is fine\n")).isEmpty();
  }

  private static Set<String> libraries(String bom) {
    var libraries = new TreeSet<String>();
    var matcher = ENTRY.matcher(bom);
    while (matcher.find()) {
      if (!matcher.group(1).equals("io.github.llm-interactive-proxy")) {
        libraries.add(matcher.group(2));
      }
    }
    return libraries;
  }

  private static Set<String> rows(String page) {
    var rows = new TreeSet<String>();
    var matcher = ROW.matcher(page);
    while (matcher.find()) {
      rows.add(matcher.group(1));
    }
    return rows;
  }
}
