package lip.assembly;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Writes the distribution. {@code bin} and {@code lib} scripts come from {@code skeleton}, defaults
 * from {@code config}, all bundles from the feature sets.
 *
 * @param features the folder with the feature sets
 * @param pool the jars to choose from
 * @param skeleton what is copied as it is
 * @param config the default configuration files
 */
record Assembler(Path features, Pool pool, Path skeleton, Path config) {
  private static final List<String> EMPTY = List.of("plugins", "config", "data", "logs");

  /** The contents that the feature sets ask for. */
  Contents contents() throws IOException {
    List<FeatureSet> sets = FeatureSet.readAll(features);
    if (sets.isEmpty()) {
      throw new AssemblyFailure("no *" + FeatureSet.SUFFIX + " in " + features);
    }
    return Contents.of(sets, pool);
  }

  void write(Contents contents, Path target, Optional<SdkList> sdk) throws IOException {
    var folder = new Folder(target);
    for (String name : EMPTY) {
      folder.empty(name);
    }
    for (var bundle : contents.bundles().entrySet()) {
      folder.copy(bundle.getValue(), "system/" + bundle.getKey());
    }
    for (var jar : contents.classPath().entrySet()) {
      folder.copy(jar.getValue(), "lib/" + jar.getKey());
    }
    folder.write(contents.summary(), "lib/features.json");
    folder.copyAll(skeleton.resolve("bin"), "bin");
    folder.copyAll(skeleton.resolve("lib"), "lib");
    folder.copyAll(config, "config");
    if (sdk.isPresent()) {
      new SdkRepository(sdk.get().root(), pool).write(sdk.get().file(), folder);
    }
    folder.prune();
    executable(target.resolve("bin").resolve("lip"));
  }

  private static void executable(Path script) throws IOException {
    if (Files.exists(script) && !script.toFile().setExecutable(true, false)) {
      throw new IOException("cannot make " + script + " executable");
    }
  }

  /** The list file of the SDK repository, and the folder its lines are relative to. */
  record SdkList(Path file, Path root) {}
}
