package lip.operations.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PasswordFileTest {
  @TempDir Path config;

  @Test
  void isMadeOnceAndForTheOwnerOnly() throws Exception {
    Path file = PasswordFile.ensure(config);
    String first = Files.readString(file);
    assertThat(first.strip()).hasSizeGreaterThanOrEqualTo(32);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())))
        .isEqualTo("rwx------");
    assertThat(PasswordFile.ensure(config)).isEqualTo(file);
    assertThat(Files.readString(file)).isEqualTo(first);
  }
}
