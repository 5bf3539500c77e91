package lip.testing.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

class SourceRulesTest {
  @TempDir Path folder;

  @Test
  void everyPackageIntroducesItselfAndIsNullMarked() {
    var seen = new ArrayList<String>();
    var violations = new ArrayList<String>();
    for (Checkout.Bundle bundle : Checkout.bundles()) {
      if (bundle.hasMainSources()) {
        seen.add(bundle.name());
        violations.addAll(SourceRules.packageViolations(bundle.name(), bundle.mainSources()));
      }
    }

    assertThat(seen).contains("lip.api", "lip.sdk", "lip.core");
    assertThat(violations).isEmpty();
  }

  /**
   * Size is smoke, not fire: the report names files that want a reason in their header or a split.
   */
  @Test
  void longFilesAreReported(TestReporter reporter) {
    for (Checkout.Bundle bundle : Checkout.bundles()) {
      for (String part : List.of("src/main/java", "src/test/java")) {
        SourceRules.longFiles(bundle.folder().resolve(part))
            .forEach(file -> reporter.publishEntry("long file", bundle.name() + " " + file));
      }
    }
  }

  @Test
  void packagesThatHideOrStrayTurnRed() throws Exception {
    write("lip/x/good/package-info.java", "/** Good. */\n@NullMarked package lip.x.good;");
    write("lip/x/bare/A.java", "");
    write("lip/x/unmarked/package-info.java", "/** Unmarked. */ package lip.x.unmarked;");
    write("lip/x/mute/package-info.java", "@NullMarked package lip.x.mute;");
    write("lip/y/package-info.java", "/** Astray. */ @NullMarked package lip.y;");

    assertThat(SourceRules.packageViolations("lip.x", folder))
        .containsExactly(
            "lip.x: package lip.x.bare has no package-info.java",
            "lip.x: package lip.x.mute says nothing about itself",
            "lip.x: package lip.x.unmarked is not @NullMarked",
            "lip.x: package lip.y is not below the bundle's name");
  }

  @Test
  void aLongFileIsFound() throws Exception {
    write("Short.java", "\n".repeat(SourceRules.LONG));
    write("Long.java", "\n".repeat(SourceRules.LONG + 1));

    assertThat(SourceRules.longFiles(folder)).containsExactly("401 Long.java");
  }

  private void write(String path, String text) throws Exception {
    Path file = folder.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
