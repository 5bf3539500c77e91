package lip.core.instances;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import lip.core.gateway.ConfigurationCheck.Finding;
import lip.core.settings.CommonSettings;
import lip.core.settings.Reading;
import lip.core.settings.SecretReferences;
import lip.core.settings.SettingsType;
import lip.core.snapshot.Entry;
import lip.sdk.Environment;
import lip.sdk.Ids;
import lip.sdk.Instance;
import lip.sdk.InvalidSettings;
import lip.sdk.Kind;
import lip.sdk.upstream.Timeouts;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Texts to a living instance, or the reasons why not. The calls of plugin code in here are
 * isolated.
 */
final class InstanceMaker {
  private static final Logger LOG = LoggerFactory.getLogger(InstanceMaker.class);

  /** What became of it; warnings may come with each. */
  sealed interface Outcome {
    /** It lives. */
    record Made(Live live, List<Finding> findings) implements Outcome {}

    /** {@code enabled = false}. */
    record Disabled(List<Finding> findings) implements Outcome {}

    /** A secret is not there (yet). */
    record Unresolved(String reason, List<Finding> findings) implements Outcome {}

    /** Refused; {@code settings} = because of what is written, else by the plugin's failure. */
    record Refused(List<Finding> findings, boolean settings) implements Outcome {}
  }

  /** Defaults are a few keys; whatever is longer is not meant. */
  private static final int MOST_DEFAULTS = 256 * 1024;

  private final SecretReferences secrets;
  private final Path home;
  private final Environment environment;
  private final Supplier<Timeouts> timeouts;
  private final InstantSource clock;
  private final Ids ids;

  InstanceMaker(
      SecretReferences secrets,
      Path home,
      Environment environment,
      Supplier<Timeouts> timeouts,
      InstantSource clock,
      Ids ids) {
    this.secrets = secrets;
    this.home = home;
    this.environment = environment;
    this.timeouts = timeouts;
    this.clock = clock;
    this.ids = ids;
  }

  /**
   * The texts of an instance without a configuration: the defaults of the default instance; empty =
   * no such instance.
   *
   * @throws BadDefaults when the kind cannot tell them
   */
  Optional<Map<String, String>> texts(Source source, InstanceKey key) throws BadDefaults {
    return key.id().equals(source.id()) ? defaults(source) : Optional.empty();
  }

  /**
   * The texts in force: those of the configuration over the defaults of the default instance, which
   * can do without them.
   */
  Map<String, String> texts(Source source, InstanceKey key, Configured own) {
    Map<String, String> texts = new LinkedHashMap<>();
    try {
      texts.putAll(texts(source, key).orElse(Map.of()));
    } catch (BadDefaults e) {
      LOG.warn("kind failed to tell its defaults: kind={}", source, e);
    }
    own.texts()
        .forEach((name, value) -> {
          if (!value.isBlank()) {
            texts.put(name, value);
          } else {
            texts.putIfAbsent(name, value);
          }
        });
    return texts;
  }

  private Optional<Map<String, String>> defaults(Source source) throws BadDefaults {
    try {
      Optional<Map<String, String>> told = source.kind().defaults(environment);
      if (told == null) {
        throw new BadDefaults("its defaults are null", null);
      }
      Optional<Map<String, String>> copy = told.map(Map::copyOf);
      long chars = 0;
      for (Map.Entry<String, String> one : copy.orElse(Map.of()).entrySet()) {
        chars += one.getKey().length() + one.getValue().length();
      }
      if (chars > MOST_DEFAULTS) {
        throw new BadDefaults(
            "its defaults have " + chars + " characters; at most " + MOST_DEFAULTS, null);
      }
      return copy;
    } catch (Throwable e) {
      if (e instanceof BadDefaults bad) {
        throw bad;
      }
      throw new BadDefaults("cannot tell its defaults: " + Reasons.of(e), e);
    }
  }

  /** A kind could not say what its default instance is like. */
  static final class BadDefaults extends Exception {
    private static final long serialVersionUID = 1L;

    BadDefaults(String message, @Nullable Throwable cause) {
      super(message, cause);
    }

    String reason() {
      return String.valueOf(getMessage());
    }
  }

  /** Makes an instance. */
  Outcome make(Source source, InstanceKey key, @Nullable String file, Map<String, String> texts) {
    Reading reading = new Reading(file, key.id(), texts, secrets, home);
    reading.refuseUnknown(source.keys());
    Optional<? extends SettingsType.Checked<? extends CommonSettings>> common =
        source.common().read(reading);
    Optional<? extends SettingsType.Checked<?>> own = source.type().read(reading);
    if (reading.refused() || common.isEmpty() || own.isEmpty()) {
      return new Outcome.Refused(reading.findings(), true);
    }
    CommonSettings shared = common.get().settings();
    if (shared.name().isPresent() && !shared.name().get().equals(key.id())) {
      reading.refuse(
          "name", "the name in the file name is the instance's name", key.id(), List.of());
      return new Outcome.Refused(reading.findings(), true);
    }
    if (!shared.enabled()) {
      return new Outcome.Disabled(reading.findings());
    }
    if (!reading.unresolved().isEmpty()) {
      return new Outcome.Unresolved(String.join("; ", reading.unresolved()), reading.findings());
    }
    return create(source, key, texts, shared, own.get().settings(), reading);
  }

  @SuppressWarnings("unchecked") // The settings were read as the kind's own type.
  private Outcome create(
      Source source,
      InstanceKey key,
      Map<String, String> texts,
      CommonSettings common,
      Object settings,
      Reading reading) {
    Instance instance = new MadeInstance(key.id(), common, timeouts, clock, ids);
    AutoCloseable made = null;
    try {
      made = ((Kind<Object, AutoCloseable>) source.kind()).create(instance, settings);
      Offer offer = Offer.of(source.family(), made);
      Live live =
          new Live(
              source,
              key,
              texts,
              common,
              new Entry<>(source.family(), key.id(), source.id(), common.order(), made),
              offer.claims(),
              offer.contributions(),
              clock.instant());
      source.alive().add(live);
      return new Outcome.Made(live, reading.findings());
    } catch (InvalidSettings e) {
      reading.refuse(e.key(), e.reason(), e.allowed(), source.type().secretKeys());
      return new Outcome.Refused(reading.findings(), true);
    } catch (Throwable e) {
      if (made != null) {
        close(key, made);
      }
      LOG.warn("kind failed to create an instance: instance={} kind={}", key, source, e);
      reading.refuse(null, "cannot be created: " + Reasons.of(e), null);
      return new Outcome.Refused(reading.findings(), false);
    }
  }

  /** Closes a plugin's object, whatever it does. */
  static void close(InstanceKey key, AutoCloseable instance) {
    try {
      instance.close();
    } catch (Throwable e) {
      LOG.warn("instance failed to close: instance={}", key, e);
    }
  }
}
