package lip.testing.fuzz;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What Jazzer calls; the property {@code lip.fuzz.target} names the target, {@code lip.fuzz.seeds}
 * the folder of its seeds.
 */
public final class Fuzzed {
  private static final Target TARGET =
      new Bounded(Targets.named(System.getProperty("lip.fuzz.target", "")));

  private Fuzzed() {}

  /** Loads what the seeds need, so that rewriting classes is no part of the first input's time. */
  public static void fuzzerInitialize() throws Exception {
    for (Path seed : Targets.seeds(Path.of(System.getProperty("lip.fuzz.seeds", "")))) {
      TARGET.take(Files.readAllBytes(seed));
    }
  }

  /** One input. */
  public static void fuzzerTestOneInput(byte[] input) throws Exception {
    TARGET.take(input);
  }
}
