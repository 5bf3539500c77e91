package lip.assembly;

import java.nio.file.Path;

/** A Maven artifact as OSGi Features write it: {@code group:artifact:version}. */
record ArtifactId(String group, String artifact, String version) {

  static ArtifactId parse(String text) {
    String[] parts = text.split(":", -1);
    if (parts.length != 3 || parts[0].isBlank() || parts[1].isBlank() || parts[2].isBlank()) {
      throw new IllegalArgumentException(text + ": write group:artifact:version");
    }
    return new ArtifactId(parts[0], parts[1], parts[2]);
  }

  String fileName(String extension) {
    return artifact + "-" + version + "." + extension;
  }

  /** The folder of this artifact in a Maven repository. */
  Path folder(Path repository) {
    return versions(repository).resolve(version);
  }

  /** The folder that holds all versions of this artifact in a Maven repository. */
  Path versions(Path repository) {
    return repository.resolve(group.replace('.', '/')).resolve(artifact);
  }

  @Override
  public String toString() {
    return group + ":" + artifact + ":" + version;
  }
}
