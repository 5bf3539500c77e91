package lip.operations.deploy;

import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the name of a configuration file says.
 *
 * @param file the name itself
 * @param pid PID or factory PID
 * @param instance instance name; null = singleton or default instance
 */
record ConfigFileName(String file, String pid, @Nullable String instance) {
  private static final Pattern INSTANCE = Pattern.compile("[a-z0-9][a-z0-9._-]{0,63}");

  /** Why a name is refused, or empty. Only called for names the installer handles. */
  static Optional<String> problem(String file) {
    if (file.endsWith(".config")) {
      return Optional.of(
          "the typed .config form is not read; write key = value lines into "
              + file.substring(0, file.length() - ".config".length())
              + ".cfg");
    }
    String base = file.substring(0, file.length() - ".cfg".length());
    int tilde = base.indexOf('~');
    String pid = tilde < 0 ? base : base.substring(0, tilde);
    if (pid.startsWith("org.apache.felix.http")
        || pid.equals("org.apache.felix.webconsole.internal.servlet.OsgiManager")) {
      return Optional.of(
          "this configuration is written by the platform; set lip.server.cfg or lip.admin.cfg");
    }
    int dash = pid.indexOf('-');
    if (dash >= 0) {
      return Optional.of(
          "a PID has no dash; an instance is written with a tilde: "
              + pid.substring(0, dash)
              + "~"
              + base.substring(dash + 1)
              + ".cfg");
    }
    if (tilde >= 0 && !INSTANCE.matcher(base.substring(tilde + 1)).matches()) {
      return Optional.of(
          "the instance name behind ~ must be 1 to 64 of a-z 0-9 . _ -, beginning with a letter or"
              + " digit");
    }
    return Optional.empty();
  }

  /** Reads a name without a problem. */
  static ConfigFileName of(String file) {
    String base = file.substring(0, file.length() - ".cfg".length());
    int tilde = base.indexOf('~');
    return tilde < 0
        ? new ConfigFileName(file, base, null)
        : new ConfigFileName(file, base.substring(0, tilde), base.substring(tilde + 1));
  }

  /** The file of a configuration. */
  static String fileOf(String pid, @Nullable String instance) {
    return instance == null ? pid + ".cfg" : pid + "~" + instance + ".cfg";
  }
}
