package lip.core.settings;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;
import lip.sdk.Environment;
import lip.sdk.secret.Secret;
import lip.sdk.secret.SecretUnavailable;
import org.jspecify.annotations.Nullable;

/**
 * Finds the values behind {@code env:}, {@code file:} and {@code secret:}. A changed file is seen
 * within a second.
 */
public final class SecretReferences implements Secret.Source {
  private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,127}");
  private static final int MAX_FILE = 64 << 10;
  private static final int MAX_CACHED = 1024;
  private static final long FRESH = Duration.ofSeconds(1).toNanos();

  private final Environment environment;
  private final Path home;
  private final Path secrets;
  private final LongSupplier nanos;
  private final Map<String, Seen> seen = new ConcurrentHashMap<>();

  /** What a file held when it was last looked at; the value is null when it could not be used. */
  private record Seen(
      long lookedAt, Stamp stamp, @Nullable String value, String problem, long version) {}

  /** Changes when the file does. */
  private record Stamp(
      long modified, long size, @Nullable Object file, Set<PosixFilePermission> mode) {
    static final Stamp NONE = new Stamp(0, -1, null, Set.of());
  }

  /**
   * Resolves; {@code home} for relative paths, {@code secrets} is the folder of {@code secret:}.
   */
  public SecretReferences(Environment environment, Path home, Path secrets) {
    this(environment, home, secrets, System::nanoTime);
  }

  SecretReferences(Environment environment, Path home, Path secrets, LongSupplier nanos) {
    this.environment = environment;
    this.home = home;
    this.secrets = secrets;
    this.nanos = nanos;
  }

  /** Whether a text has the form of a reference. */
  static boolean isReference(String text) {
    return (text.startsWith("env:") && VARIABLE.matcher(rest(text)).matches())
        || (text.startsWith("file:") && !rest(text).isBlank() && rest(text).indexOf('\0') < 0)
        || (text.startsWith("secret:") && NAME.matcher(rest(text)).matches());
  }

  @Override
  public String reveal(String reference) throws SecretUnavailable {
    if (reference.startsWith("env:")) {
      return environment
          .get(rest(reference))
          .filter(value -> !value.isBlank())
          .orElseThrow(() -> new SecretUnavailable(reference + " is not set"));
    }
    Seen now = look(reference);
    String value = now.value();
    if (value == null) {
      throw new SecretUnavailable(reference + " " + now.problem());
    }
    return value;
  }

  @Override
  public long version(String reference) {
    return reference.startsWith("env:") ? 0 : look(reference).version();
  }

  /** Something that works but should not be so. */
  Optional<String> warning(String reference) {
    if (reference.startsWith("env:")) {
      return Optional.empty();
    }
    try {
      Set<PosixFilePermission> mode = Files.getPosixFilePermissions(path(reference));
      return reference.startsWith("file:") && mode.contains(PosixFilePermission.OTHERS_READ)
          ? Optional.of(reference + " can be read by everybody on this machine")
          : Optional.empty();
    } catch (UnsupportedOperationException _) {
      return Optional.of(reference + ": this file system has no modes that could be checked");
    } catch (IOException _) {
      return Optional.empty(); // Presence is told by reveal().
    }
  }

  private Seen look(String reference) {
    Seen last = seen.get(reference);
    long now = nanos.getAsLong();
    if (last != null && now - last.lookedAt() < FRESH) {
      return last;
    }
    Seen fresh = read(reference, now, last);
    if (seen.size() < MAX_CACHED || last != null) {
      seen.put(reference, fresh);
    }
    return fresh;
  }

  private Seen read(String reference, long now, @Nullable Seen last) {
    Path file = path(reference);
    Stamp stamp = stamp(file);
    if (last != null && last.stamp().equals(stamp)) {
      return new Seen(now, stamp, last.value(), last.problem(), last.version());
    }
    long version = last == null ? 0 : last.version() + 1;
    try {
      Optional<String> problem =
          reference.startsWith("secret:") ? secretProblem(file) : fileProblem(file);
      return problem.isPresent()
          ? new Seen(now, stamp, null, problem.get(), version)
          : text(file, now, stamp, version);
    } catch (IOException e) {
      return new Seen(now, stamp, null, "cannot be read", version);
    }
  }

  private static Seen text(Path file, long now, Stamp stamp, long version) throws IOException {
    byte[] bytes;
    try (InputStream in = Files.newInputStream(file)) {
      bytes = in.readNBytes(MAX_FILE + 1);
    }
    if (bytes.length > MAX_FILE) {
      return new Seen(now, stamp, null, "is larger than 64 KiB", version);
    }
    String text = new String(bytes, StandardCharsets.UTF_8);
    text = text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
    text = text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    return text.isBlank()
        ? new Seen(now, stamp, null, "is empty", version)
        : new Seen(now, stamp, text, "", version);
  }

  private static Stamp stamp(Path file) {
    try {
      BasicFileAttributes about = Files.readAttributes(file, BasicFileAttributes.class);
      return new Stamp(
          about.lastModifiedTime().toMillis(), about.size(), about.fileKey(), mode(file));
    } catch (IOException _) {
      return Stamp.NONE;
    }
  }

  private static Set<PosixFilePermission> mode(Path file) throws IOException {
    try {
      return Files.getPosixFilePermissions(file);
    } catch (UnsupportedOperationException _) {
      return Set.of();
    }
  }

  private static Optional<String> fileProblem(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      return Optional.of(Files.exists(file) ? "is no regular file" : "does not exist");
    }
    return mode(file).contains(PosixFilePermission.OTHERS_WRITE)
        ? Optional.of("can be written by everybody on this machine")
        : Optional.empty();
  }

  private Optional<String> secretProblem(Path file) throws IOException {
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      return Optional.of(
          Files.isSymbolicLink(file)
              ? "is a link; secrets must be files of their own"
              : "does not exist in config/secrets");
    }
    if (open(mode(secrets))) {
      return Optional.of("lies in a folder that others may enter; set mode 0700 on config/secrets");
    }
    Set<PosixFilePermission> mode = mode(file);
    return open(mode) || mode.contains(PosixFilePermission.OWNER_EXECUTE)
        ? Optional.of("is too open; set mode 0600")
        : Optional.empty();
  }

  private static boolean open(Set<PosixFilePermission> mode) {
    return mode.stream().anyMatch(permission -> !permission.name().startsWith("OWNER"));
  }

  private Path path(String reference) {
    return reference.startsWith("secret:")
        ? secrets.resolve(rest(reference))
        : home.resolve(rest(reference));
  }

  private static String rest(String reference) {
    return reference.substring(reference.indexOf(':') + 1);
  }
}
