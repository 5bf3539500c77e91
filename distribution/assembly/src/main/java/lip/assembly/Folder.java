package lip.assembly;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A folder that is brought to a wanted content. An unchanged file is left alone and a changed one
 * is replaced, never written over: an instance that runs from here keeps the jars it has open.
 */
final class Folder {
  private final Path root;
  private final Set<Path> wanted = new HashSet<>();

  Folder(Path root) throws IOException {
    this.root = root;
    Files.createDirectories(root);
  }

  void copy(Path source, String target) throws IOException {
    Path file = prepare(target);
    if (Files.exists(file) && Files.mismatch(source, file) < 0) {
      return;
    }
    Path draft = file.resolveSibling("." + file.getFileName() + ".tmp");
    Files.copy(
        source, draft, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
    Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Copies what is below a folder, if there is such a folder. */
  void copyAll(Path source, String target) throws IOException {
    if (!Files.isDirectory(source)) {
      return;
    }
    List<Path> files;
    try (Stream<Path> walk = Files.walk(source)) {
      files = walk.filter(Files::isRegularFile).toList();
    }
    for (Path file : files) {
      copy(file, target + "/" + source.relativize(file).toString().replace('\\', '/'));
    }
  }

  void write(String text, String target) throws IOException {
    Path file = prepare(target);
    if (!Files.exists(file) || !Files.readString(file).equals(text)) {
      Files.writeString(file, text);
    }
  }

  void empty(String target) throws IOException {
    Path folder = root.resolve(target);
    wanted.add(folder);
    Files.createDirectories(folder);
  }

  private Path prepare(String target) throws IOException {
    Path file = root.resolve(target);
    for (Path path = file; path != null && !path.equals(root); path = path.getParent()) {
      wanted.add(path);
    }
    Path parent = file.getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
    return file;
  }

  /** Removes what nobody asked for. */
  void prune() throws IOException {
    List<Path> all;
    try (Stream<Path> walk = Files.walk(root)) {
      all = walk.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : all) {
      if (!path.equals(root) && !wanted.contains(path)) {
        Files.delete(path);
      }
    }
  }
}
