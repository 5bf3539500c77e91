package lip.core.instances;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import lip.core.gateway.ConfigurationCheck.Finding;
import lip.core.gateway.Singletons.Target;
import lip.core.settings.Reading;
import lip.core.settings.SecretReferences;
import lip.core.settings.SettingsType;
import lip.sdk.InvalidSettings;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One PID and who takes its settings. Knows no OSGi: texts go in, the target gets checked settings,
 * what was refused is returned.
 *
 * @param <S> settings interface
 */
final class SingletonBinding<S> {
  private static final Logger LOG = LoggerFactory.getLogger(SingletonBinding.class);

  private final String pid;
  private final SettingsType<S> type;
  private final Target<S> target;
  private final SecretReferences secrets;
  private final Path home;
  private final AtomicReference<Map<String, Object>> values = new AtomicReference<>(Map.of());
  private final AtomicReference<Map<String, String>> inForce = new AtomicReference<>(Map.of());

  SingletonBinding(
      String pid, SettingsType<S> type, Target<S> target, SecretReferences secrets, Path home) {
    this.pid = pid;
    this.type = type;
    this.target = target;
    this.secrets = secrets;
    this.home = home;
  }

  String pid() {
    return pid;
  }

  /** Texts in force; without a configuration none. */
  Map<String, String> inForce() {
    return inForce.get();
  }

  /** Values in force by key. */
  Map<String, Object> values() {
    return values.get();
  }

  /** What is wrong with texts; changes nothing. */
  List<Finding> check(@Nullable String file, Map<String, String> texts) {
    Reading reading = new Reading(file, pid, texts, secrets, home);
    Optional<SettingsType.Checked<S>> read = read(reading, true);
    LOG.trace("checked: pid={} valid={}", pid, read.isPresent());
    return reading.findings();
  }

  /** Puts texts in force, or changes nothing and returns the findings. */
  synchronized List<Finding> apply(
      @Nullable String file, Map<String, String> texts, boolean first) {
    Reading reading = new Reading(file, pid, texts, secrets, home);
    // A first start must not fail for a secret that comes later.
    Optional<SettingsType.Checked<S>> read = read(reading, !first);
    if (read.isEmpty()) {
      return reading.findings();
    }
    try {
      target.apply(read.get().settings());
    } catch (RuntimeException e) {
      LOG.error("settings could not be applied: pid={}", pid, e);
      reading.refuse(null, "could not be applied: " + Reasons.of(e), null);
      return reading.findings();
    }
    values.set(read.get().values());
    inForce.set(Map.copyOf(texts));
    return reading.findings();
  }

  private Optional<SettingsType.Checked<S>> read(Reading reading, boolean resolved) {
    reading.refuseUnknown(type.keys());
    Optional<SettingsType.Checked<S>> read = type.read(reading);
    if (resolved) {
      for (String missing : reading.unresolved()) {
        int colon = missing.indexOf(": ");
        reading.refuse(missing.substring(0, colon), missing.substring(colon + 2), null);
      }
    }
    if (read.isEmpty() || reading.refused()) {
      return Optional.empty();
    }
    try {
      target.check(read.get().settings());
      return read;
    } catch (InvalidSettings e) {
      reading.refuse(e.key(), e.reason(), e.allowed(), type.secretKeys());
    } catch (RuntimeException e) {
      LOG.error("settings could not be checked: pid={}", pid, e);
      reading.refuse(null, "could not be checked: " + Reasons.of(e), null);
    }
    return Optional.empty();
  }
}
