package lip.assembly;

import java.nio.file.Path;
import java.util.Optional;

/** The program that the build runs. */
public final class Main {
  private Main() {}

  /**
   * Assembles and checks the distribution of a checkout.
   *
   * @param arguments the root of the checkout, the pool, the target folder
   * @throws Exception if the distribution cannot be assembled as described
   */
  public static void main(String[] arguments) throws Exception {
    if (arguments.length != 3) {
      throw new IllegalArgumentException("arguments: ROOT POOL TARGET");
    }
    Path root = Path.of(arguments[0]).toAbsolutePath().normalize();
    Path standard = root.resolve("distribution").resolve("standard");
    var assembler =
        new Assembler(
            root.resolve("features"),
            new Pool(Path.of(arguments[1])),
            standard.resolve("src"),
            root.resolve("config"));
    Contents contents = assembler.contents();
    check(contents);
    assembler.write(
        contents,
        Path.of(arguments[2]),
        Optional.of(new Assembler.SdkList(standard.resolve("sdk.list"), root)));
  }

  private static void check(Contents contents) throws Exception {
    Path framework =
        contents.classPath().entrySet().stream()
            .filter(jar -> jar.getKey().startsWith("org.apache.felix.framework-"))
            .findFirst()
            .orElseThrow(() -> new AssemblyFailure("no feature set puts a framework into lib/"))
            .getValue();
    Optional<String> missing = new Resolution(framework).missing(contents.bundles().values());
    if (missing.isPresent()) {
      throw new AssemblyFailure(
          "the bundles of features/ do not resolve among themselves; add what is missing to a"
              + " feature set:\n"
              + missing.get());
    }
  }
}
