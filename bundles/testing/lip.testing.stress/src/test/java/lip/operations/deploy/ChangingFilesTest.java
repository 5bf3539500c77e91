package lip.operations.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import lip.operations.deploy.Content.How;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Files come, change, move and go in any order and at any pace, while requests run and somebody
 * looks who answers: the deployer with the registry of the core.
 */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class ChangingFilesTest {
  @TempDir Path folder;

  @Test
  void nobodyOlderAnswersAndEachFileEndsAsItShould() throws Exception {
    run(1, 150);
  }

  @Test
  @Tag("long")
  void theSameForLonger() throws Exception {
    run(1_000, 4_000);
  }

  @Test
  void aBrokenReplacementTakesNobodyAwayWhileADeletedFileStillServes() throws Exception {
    try (var one = new ChangingFiles(folder, 1)) {
      Content good = new Content(1, 4, How.FINE);
      one.drop("c.jar", good);
      one.drop("a.jar", new Content(2, 5, How.FINE));
      assertThat(one.settle()).isEmpty();
      one.delete("a.jar");
      one.drop("c.jar", new Content(3, 2, How.BROKEN));
      one.await("c.jar", 2, "live");
      assertThat(one.settle()).isEmpty();
      assertThat(one.answering()).as(one.story()).isEqualTo(good);
    }
  }

  private void run(long first, int count) throws Exception {
    for (long seed = first; seed < first + count; seed++) {
      Path plugins = Files.createDirectory(folder.resolve("plugins-" + seed));
      try (var one = new ChangingFiles(plugins, seed)) {
        assertThat(one.problems(30)).as("seed %d%n%s", seed, one.story()).isEmpty();
      }
    }
  }
}
