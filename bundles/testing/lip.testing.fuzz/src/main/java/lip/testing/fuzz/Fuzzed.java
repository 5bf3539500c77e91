package lip.testing.fuzz;

/** What Jazzer calls; the property {@code lip.fuzz.target} names the target. */
public final class Fuzzed {
  private static final Target TARGET =
      new Bounded(Targets.named(System.getProperty("lip.fuzz.target", "")));

  private Fuzzed() {}

  /** One input. */
  public static void fuzzerTestOneInput(byte[] input) throws Exception {
    TARGET.take(input);
  }
}
