package lip.core.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import lip.sdk.secret.SecretUnavailable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretReferencesTest {
  @TempDir Path home;
  private final AtomicLong now = new AtomicLong();
  private Path secrets;
  private SecretReferences references;

  @BeforeEach
  void folders() throws Exception {
    secrets = Files.createDirectory(home.resolve("secrets"));
    mode(secrets, "rwx------");
    references = new SecretReferences(_ -> Optional.empty(), home, secrets, now::get);
  }

  private static void mode(Path file, String mode) throws Exception {
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
  }

  private void later() {
    now.addAndGet(2_000_000_000L);
  }

  @Test
  void readsAndNoticesAChange() throws Exception {
    Path file = Files.writeString(secrets.resolve("a"), "one\n");
    mode(file, "rw-------");
    assertThat(references.reveal("secret:a")).isEqualTo("one");
    long version = references.version("secret:a");
    Files.writeString(file, "second\r\n");
    later();
    assertThat(references.reveal("secret:a")).isEqualTo("second");
    assertThat(references.version("secret:a")).isGreaterThan(version);
    Files.delete(file);
    later();
    assertThatThrownBy(() -> references.reveal("secret:a")).isInstanceOf(SecretUnavailable.class);
  }

  @Test
  void checksModes() throws Exception {
    Path file = Files.writeString(secrets.resolve("a"), "one");
    mode(file, "rw-r-----");
    assertThatThrownBy(() -> references.reveal("secret:a")).hasMessageContaining("0600");
    mode(file, "rw-------");
    mode(secrets, "rwxr-xr-x");
    later();
    mode(file, "r--------");
    assertThatThrownBy(() -> references.reveal("secret:a")).hasMessageContaining("0700");
    mode(file, "rw-rw-rw-");
    assertThatThrownBy(() -> references.reveal("file:secrets/a"))
        .hasMessageContaining("written by everybody");
    mode(file, "rw-r--r--");
    later();
    assertThat(references.reveal("file:secrets/a")).isEqualTo("one");
    assertThat(references.warning("file:secrets/a")).isPresent();
  }

  @Test
  void refusesLinksLargeAndEmptyFiles() throws Exception {
    Path large = Files.writeString(home.resolve("large"), "x".repeat(65537));
    mode(large, "rw-------");
    Files.createSymbolicLink(secrets.resolve("link"), large);
    assertThatThrownBy(() -> references.reveal("secret:link")).hasMessageContaining("is a link");
    assertThatThrownBy(() -> references.reveal("file:large"))
        .hasMessageContaining("64 KiB")
        .hasMessageNotContaining("xxx");
    Files.writeString(home.resolve("empty"), " \n");
    assertThatThrownBy(() -> references.reveal("file:empty")).hasMessageContaining("is empty");
  }
}
