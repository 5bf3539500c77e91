package lip.testing.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;

class PermittedTypesTest {
  private static final Path FILE = Checkout.ROOT.resolve("cnf/baseline/permitted.txt");

  private static final String HEADER =
      """
      # The cases of each sealed family of lip.api and lip.sdk; a plus marks the open case that later ones implement.
      # Until 1.0.0 a change is a break like any other: it raises y. From 1.0.0 on these lists never change:
      # a new case implements the open one. Written by: %s
      """;

  /** Families that only plugins make and only the core switches over. */
  private static final List<String> CLOSED_BY_NATURE =
      List.of("lip.sdk.feature.Admission$Decision");

  @Test
  void theFamiliesOfTheApiAreAsPromised() throws Exception {
    List<String> found = PermittedTypes.describe(apiTypes());
    if (Refresh.PERMITTED.wanted()) {
      assertThat(Checkout.version()).as("lists are frozen from 1.0.0 on").startsWith("0.");
      Files.writeString(
          FILE, HEADER.formatted(Refresh.PERMITTED.command()) + String.join("\n", found) + "\n");
    }

    assertThat(found).as("families seen").hasSizeGreaterThanOrEqualTo(6);
    assertThat(PermittedTypes.differences(Files.readAllLines(FILE), found))
        .as("differences to %s; if meant: %s", FILE, Refresh.PERMITTED.command())
        .isEmpty();
  }

  @Test
  void everyFamilyThatPluginsSwitchOverHasAnOpenCase() throws Exception {
    assertThat(PermittedTypes.closed(PermittedTypes.describe(apiTypes())))
        .isSubsetOf(CLOSED_BY_NATURE);
  }

  @Test
  void aCaseMoreAndACaseLessTurnRed() {
    List<String> promised = PermittedTypes.describe(List.of(Shape.class));

    assertThat(promised).containsExactly(Shape.class.getName() + ": Circle Other+ Square");
    assertThat(PermittedTypes.differences(promised, promised)).isEmpty();
    assertThat(
            PermittedTypes.differences(
                List.of(Shape.class.getName() + ": Circle Other+"), promised))
        .containsExactly(Shape.class.getName() + " permits Square now");
    assertThat(
            PermittedTypes.differences(
                promised, List.of(Shape.class.getName() + ": Circle Square")))
        .containsExactly(Shape.class.getName() + " permits Other+ no more");
    assertThat(PermittedTypes.differences(List.of(), promised)).hasSize(3);
  }

  @Test
  void aFamilyWithoutOpenCaseTurnsRed() {
    assertThat(PermittedTypes.closed(PermittedTypes.describe(List.of(Shape.class, Closed.class))))
        .containsExactly(Closed.class.getName());
  }

  private static List<Class<?>> apiTypes() throws Exception {
    var types = new ArrayList<Class<?>>();
    for (String bundle : List.of("lip.api", "lip.sdk")) {
      try (var jar = new JarFile(Checkout.bundle(bundle).jar().toFile())) {
        for (String entry : jar.stream().map(e -> e.getName()).toList()) {
          if (entry.startsWith("lip/") && entry.endsWith(".class") && !entry.contains("-info")) {
            String name = entry.substring(0, entry.length() - 6).replace('/', '.');
            types.add(Class.forName(name, false, PermittedTypesTest.class.getClassLoader()));
          }
        }
      }
    }
    return types;
  }
}
