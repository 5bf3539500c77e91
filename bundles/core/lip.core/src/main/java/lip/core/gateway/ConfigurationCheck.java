package lip.core.gateway;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/** Checks configuration before it is given to Config Admin, and without giving it. A service. */
@ProviderType
public interface ConfigurationCheck {
  /**
   * One thing to say about a configuration.
   *
   * @param error whether it is refused; else a warning
   * @param file file name; null = not from a file
   * @param key key; null = the whole
   * @param value value as written, a secret as its reference, at most 200 characters, control
   *     characters escaped; null = none
   * @param reason what is wrong
   * @param allowed what would be right; null = the reason says it
   */
  record Finding(
      boolean error,
      @Nullable String file,
      @Nullable String key,
      @Nullable String value,
      String reason,
      @Nullable String allowed) {
    /** In one line: file, key, value, reason, what is allowed. */
    public String line() {
      StringBuilder line = new StringBuilder();
      if (file != null) {
        line.append(file).append(": ");
      }
      if (key != null) {
        line.append(key);
        if (value != null) {
          line.append(" = ").append(value);
        }
        line.append(": ");
      }
      line.append(reason);
      if (allowed != null) {
        line.append("; allowed: ").append(allowed);
      }
      return line.toString();
    }
  }

  /**
   * Checks the settings of one PID against the kind or singleton that takes them, {@code create}
   * included.
   *
   * @param pid PID or factory PID
   * @param name instance name; null = singleton or default instance
   * @param file file name for the findings; null = none
   * @param values raw texts as written, lists not yet split
   * @return nothing = fine; a warning when nobody takes the PID (yet), or when {@code create} does
   *     not come back within some seconds
   */
  List<Finding> check(
      String pid, @Nullable String name, @Nullable String file, Map<String, String> values);

  /** Checks what no single file shows: clashes of ids, routes to unknown backends, access rules. */
  List<Finding> checkWhole();

  /** Whether the PID is a factory PID, a singleton, or nobody's. */
  PidUse use(String pid);

  /** Who takes a PID. */
  enum PidUse {
    /** A kind: instances by name. */
    FACTORY,
    /** One configuration. */
    SINGLETON,
    /** Nobody yet. */
    UNCLAIMED
  }

  /**
   * Told after a rejected console or API change was put back, and after each accepted change: the
   * deployer writes files back.
   */
  @FunctionalInterface
  interface ChangeListener {
    /** The configuration of a PID changed and is in force. */
    void accepted(String pid, @Nullable String name, Map<String, String> values, boolean deleted);
  }

  /** Adds a listener; closing ends it. */
  AutoCloseable onAccepted(ChangeListener listener);
}
