package lip.testing.system.parity;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every field of the vendors' types has a row, and the pages say what the rows say. */
class ParityPageTest {
  private static final String COMMAND =
      "mvn verify -pl bundles/testing/lip.testing.system -am -Dtest=ParityPageTest"
          + " -Dsurefire.failIfNoSpecifiedTests=false -Dlip.refresh=parity";

  @ParameterizedTest
  @EnumSource
  void everyFieldHasARow(FieldTable table) {
    assertThat(table.missing()).as("fields of the vendor's client without a row").isEmpty();
    assertThat(table.unknown()).as("rows for fields that are not there").isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void everyRowNamesATestThatIsThere(FieldTable table) throws Exception {
    for (String test : new TreeSet<>(table.rows().stream().map(FieldRow::test).toList())) {
      String[] names = test.split("#", 2);
      Method method = Class.forName(names[0]).getDeclaredMethod(names[1]);
      assertThat(Arrays.stream(method.getAnnotations()).map(a -> a.annotationType().getName()))
          .as(test)
          .anyMatch(name -> name.startsWith("org.junit.jupiter.api.Test"));
    }
  }

  @Test
  void aFieldWithoutARowIsFound() {
    SortedMap<String, SortedSet<String>> known = new TreeMap<>();
    known.put("Body", new TreeSet<>(List.of("model", "young")));
    List<FieldRow> rows = FieldTable.rows("[Body]\nat root\nmodel | \"m\" | kept | kept\n", known);
    assertThat(FieldTable.missing(rows, known)).containsExactly("Body.young");
  }

  @ParameterizedTest
  @EnumSource
  void thePagesAreThoseOfTheRows(ParityPage page) throws IOException {
    Path file = root().resolve("docs/parity").resolve(page.file());
    String built = page.text();
    if (Arrays.asList(System.getProperty("lip.refresh", "").split(",")).contains("parity")) {
      Files.createDirectories(file.getParent());
      Files.writeString(file, built);
    }
    assertThat(Files.readString(file)).as("out of date; rewrite it: %s", COMMAND).isEqualTo(built);
  }

  private static Path root() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.exists(folder.resolve("cnf/bom/pom.xml"))) {
      folder = folder.getParent();
      if (folder == null) {
        throw new IllegalStateException("not inside a checkout");
      }
    }
    return folder;
  }
}
