package lip.assembly;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The jars that the distribution's POM depends on, laid out like a Maven repository. */
record Pool(Path folder) {

  /**
   * The jar of an artifact.
   *
   * @param wantedBy the file that asks, for the message
   * @throws AssemblyFailure if the pool has no such artifact, or another version of it
   */
  Path jar(ArtifactId id, Path wantedBy) {
    Path jar = id.folder(folder).resolve(id.fileName("jar"));
    if (Files.isRegularFile(jar)) {
      return jar;
    }
    List<String> versions = versions(id);
    throw new AssemblyFailure(
        wantedBy.getFileName()
            + ": "
            + id
            + (versions.isEmpty()
                ? " is not in the pool; add it to the dependencies of distribution/standard/pom.xml"
                : " is not in the pool, which has version " + String.join(", ", versions)));
  }

  private List<String> versions(ArtifactId id) {
    Path versions = id.versions(folder);
    if (!Files.isDirectory(versions)) {
      return List.of();
    }
    try (Stream<Path> list = Files.list(versions)) {
      return list.map(Path::getFileName).map(Path::toString).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
