package lip.operations.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Optional;

/**
 * A watched folder that everybody may write to would let everybody run code here. Group write is
 * usual and allowed.
 */
final class FolderGuard {
  private FolderGuard() {}

  /** Why the folder is refused, or empty. Without POSIX modes nothing can be said. */
  static Optional<String> problem(Path folder) throws IOException {
    if (!Files.getFileStore(folder).supportsFileAttributeView("posix")) {
      return Optional.empty();
    }
    return Files.getPosixFilePermissions(folder).contains(PosixFilePermission.OTHERS_WRITE)
        ? Optional.of(
            folder + " is writable by everybody; take that right away: chmod o-w " + folder)
        : Optional.empty();
  }
}
