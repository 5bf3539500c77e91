package lip.operations.console;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Set;

/** The generated password of the admin listener: a file of mode 0600 in a folder of mode 0700. */
final class PasswordFile {
  static final String NAME = "admin-password";
  private static final int RANDOM_BYTES = 24;

  private PasswordFile() {}

  /** Makes the file when it is absent; returns its path. */
  static Path ensure(Path configFolder) throws IOException {
    Path folder = configFolder.resolve("secrets");
    boolean posix = Files.getFileStore(configFolder).supportsFileAttributeView("posix");
    FileAttribute<?>[] folderMode = mode(posix, "rwx------");
    if (!Files.exists(folder)) {
      Files.createDirectory(folder, folderMode);
    }
    Path file = folder.resolve(NAME);
    byte[] random = new byte[RANDOM_BYTES];
    new SecureRandom().nextBytes(random);
    String password = Base64.getUrlEncoder().withoutPadding().encodeToString(random) + "\n";
    try (var channel =
        Files.newByteChannel(
            file,
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            mode(posix, "rw-------"))) {
      channel.write(
          java.nio.ByteBuffer.wrap(password.getBytes(java.nio.charset.StandardCharsets.US_ASCII)));
    } catch (FileAlreadyExistsException e) {
      return file; // Made at an earlier start, or by the operator.
    }
    return file;
  }

  private static FileAttribute<?>[] mode(boolean posix, String mode) {
    return posix
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode))
        }
        : new FileAttribute<?>[0];
  }
}
