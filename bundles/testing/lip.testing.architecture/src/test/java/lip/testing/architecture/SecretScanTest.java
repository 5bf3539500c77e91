package lip.testing.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the pre-commit hook takes for a secret, in a repository of its own. */
class SecretScanTest {
  private record Ran(int exit, String output) {}

  @TempDir Path folder;

  @BeforeEach
  void repository() throws Exception {
    assumeThat(Files.exists(Path.of("/bin/sh"))).isTrue();
    assumeThat(run("sh", "-c", "command -v git").exit()).as("git is installed").isZero();
    Path hooks = Files.createDirectories(folder.resolve("cnf/hooks"));
    for (String file : List.of("secrets.sh", "secrets.patterns")) {
      Files.copy(Checkout.ROOT.resolve("cnf/hooks").resolve(file), hooks.resolve(file));
    }
    Files.writeString(hooks.resolve("secrets.allow"), "# a test\n^known\\.txt:\n");
    run("git", "init", "-q");
    stage("plain.txt", "nothing to hide\n");
  }

  /** Put together here, so that the scan does not find its own test. */
  static Stream<String> secrets() {
    return Stream.of(
        "key = sk-" + "ant-api03-" + "Ab9_".repeat(8),
        "OPENAI=sk-" + "proj-" + "a1B2".repeat(10),
        "sk-" + "0123456789abcdef".repeat(3),
        "AIza" + "Sy0123456789abcdefghijklmnopqrstuvw",
        "AKIA" + "ABCDEFGHIJKLMNOP",
        "++ looks like a header of a diff: AKIA" + "ABCDEFGHIJKLMNOP",
        "gh" + "p_" + "a1B2".repeat(9),
        "xox" + "b-123456789012-abcdef",
        "-----BEGIN RSA " + "PRIVATE KEY-----",
        "-----BEGIN " + "PRIVATE KEY-----",
        "Authorization: Bearer ey" + "Jhbxxxxxxxxxx.ey" + "Jzdxxxxxxxxxx.c2lnbmF0dXJl",
        "base.url = https://operator:" + "hunter22@example.com/v1",
        "\"api_key\": \"" + "0a1b2c3d".repeat(4) + "\"");
  }

  @ParameterizedTest
  @MethodSource("secrets")
  void aStagedSecretIsFoundAndNotRepeated(String secret) throws Exception {
    stage("config/a file.txt", "first\n" + secret + "\nlast\n");

    Ran scan = scan("--staged");

    assertThat(scan.exit()).as(scan.output()).isEqualTo(1);
    assertThat(scan.output()).contains("config/a file.txt:2").doesNotContain(secret);
    assertThat(scan("--all").exit()).isEqualTo(1);
  }

  @Test
  void whatIsNoSecretPasses() throws Exception {
    stage(
        "fine.txt",
        """
        api.keys = env:OPENAI_API_KEY
        token = secret:upstream
        url = https://user@example.com/v1
        sk-short
        password.file = config/secrets/admin-password
        """);
    assertThat(scan("--staged")).isEqualTo(new Ran(0, ""));
  }

  @Test
  void whatIsAllowedPasses() throws Exception {
    stage("known.txt", "AKIA" + "ABCDEFGHIJKLMNOP\n");
    assertThat(scan("--staged")).isEqualTo(new Ran(0, ""));
    assertThat(scan("--all")).isEqualTo(new Ran(0, ""));
  }

  @Test
  void aSecretThatIsTakenOutPasses() throws Exception {
    stage("gone.txt", "AKIA" + "ABCDEFGHIJKLMNOP\n");
    run("git", "-c", "user.name=t", "-c", "user.email=t@t", "commit", "-q", "-m", "x");
    stage("gone.txt", "nothing\n");
    assertThat(scan("--staged")).isEqualTo(new Ran(0, ""));
  }

  @Test
  void thisCheckoutHasNone() throws Exception {
    assumeThat(Files.exists(Checkout.ROOT.resolve(".git"))).isTrue();
    Ran scan = run(Checkout.ROOT, "sh", "cnf/hooks/secrets.sh", "--all");
    assertThat(scan.exit()).as(scan.output()).isZero();
  }

  private void stage(String file, String text) throws Exception {
    Path path = folder.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
    assertThat(run("git", "add", "--", file).exit()).isZero();
  }

  private Ran scan(String what) throws Exception {
    return run("sh", "cnf/hooks/secrets.sh", what);
  }

  private Ran run(String... words) throws Exception {
    return run(folder, words);
  }

  private static Ran run(Path where, String... words) throws IOException, InterruptedException {
    var builder = new ProcessBuilder(words).directory(where.toFile()).redirectErrorStream(true);
    // Inside of a hook git names its own repository.
    builder.environment().keySet().removeIf(name -> name.startsWith("GIT_"));
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Ran(process.waitFor(), output);
  }
}
