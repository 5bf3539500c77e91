package lip.core.instances;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import lip.core.gateway.ConfigurationCheck.Finding;
import lip.core.gateway.Singletons;
import lip.core.settings.Metatype;
import lip.core.settings.RawTexts;
import lip.core.settings.SecretReferences;
import lip.core.settings.SettingsType;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.cm.ConfigurationEvent;
import org.osgi.service.cm.ConfigurationListener;
import org.osgi.service.cm.ManagedService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Settings of the platform from Config Admin. Changes are applied one after the other, on one
 * thread.
 */
final class SingletonSettings implements Singletons, ConfigurationListener, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SingletonSettings.class);
  private static final String FILE_KEY = "felix.fileinstall.filename";

  private final BundleContext context;
  private final ConfigurationAdmin admin;
  private final Metatype metatype;
  private final SecretReferences secrets;
  private final Path home;
  private final Acceptance acceptance;
  private final Problems problems;
  private final Map<String, SingletonBinding<?>> bindings = new ConcurrentHashMap<>();
  private final Map<String, Map<String, Object>> lastValues = new ConcurrentHashMap<>();
  private final Map<String, String> broken = new ConcurrentHashMap<>();
  private final Set<String> greeted = ConcurrentHashMap.newKeySet();
  private final TaskThread hands = new TaskThread("lip-settings");

  SingletonSettings(
      BundleContext context,
      ConfigurationAdmin admin,
      Metatype metatype,
      SecretReferences secrets,
      Path home,
      Acceptance acceptance,
      Problems problems) {
    this.context = context;
    this.admin = admin;
    this.metatype = metatype;
    this.secrets = secrets;
    this.home = home;
    this.acceptance = acceptance;
    this.problems = problems;
  }

  @Override
  public <S> Binding bind(String pid, Class<S> type, Bundle bundle, Target<S> target) {
    SingletonBinding<S> binding =
        new SingletonBinding<>(pid, type(pid, type, bundle), target, secrets, home);
    if (bindings.putIfAbsent(pid, binding) != null) {
      throw new IllegalStateException(pid + " is bound already");
    }
    Configuration there = find(pid);
    Dictionary<String, Object> values = there == null ? null : there.getProperties();
    start(binding, values);
    ServiceRegistration<ManagedService> registration =
        context.registerService(
            ManagedService.class,
            changed -> hands.later(() -> changed(binding, changed)),
            new Hashtable<>(Map.of(Constants.SERVICE_PID, pid)));
    return () -> {
      registration.unregister();
      bindings.remove(pid, binding);
      greeted.remove(pid);
    };
  }

  private <S> SettingsType<S> type(String pid, Class<S> type, Bundle bundle) {
    Metatype.Designate designate =
        metatype
            .singleton(bundle, type)
            .filter(found -> found.pid().equals(pid))
            .orElseThrow(() ->
                new IllegalStateException(
                    bundle.getSymbolicName() + " declares no " + pid + " for " + type.getName()));
    try {
      return SettingsType.of(type, designate.keys());
    } catch (SettingsType.Unusable e) {
      throw new IllegalStateException(e);
    }
  }

  /** The first settings: what Config Admin holds, else the defaults. */
  private void start(SingletonBinding<?> binding, @Nullable Dictionary<String, Object> values) {
    if (values != null) {
      List<Finding> said = binding.apply(file(values), RawTexts.of(values), true);
      if (said.stream().noneMatch(Finding::error)) {
        said.forEach(finding -> LOG.warn("configuration: {}", finding.line()));
        kept(binding);
        return;
      }
      broken(binding.pid(), said);
    }
    List<Finding> said = binding.apply(null, Map.of(), true);
    if (said.stream().anyMatch(Finding::error)) {
      broken(binding.pid(), said);
    }
    kept(binding);
  }

  private void broken(String pid, List<Finding> said) {
    String reason = Reasons.of(said);
    LOG.error("configuration not in force: pid={} reason={}", pid, reason);
    broken.put(pid, reason);
    problems.add(pid, reason);
  }

  private void kept(SingletonBinding<?> binding) {
    lastValues.put(binding.pid(), binding.values());
  }

  private void changed(SingletonBinding<?> binding, @Nullable Dictionary<String, ?> values) {
    Map<String, String> texts = values == null ? Map.of() : RawTexts.of(values);
    String pid = binding.pid();
    if (bindings.get(pid) != binding) {
      return;
    }
    if (texts.equals(binding.inForce()) && !broken.containsKey(pid)) {
      // Config Admin repeats at registration what was read before; later it is news to whoever
      // wrote it.
      if (!greeted.add(pid)) {
        acceptance.tell(pid, null, texts, values == null);
      }
      return;
    }
    greeted.add(pid);
    List<Finding> said = binding.apply(values == null ? null : file(values), texts, false);
    said.forEach(finding -> LOG.warn("configuration: {}", finding.line()));
    if (said.stream().anyMatch(Finding::error)) {
      if (broken.containsKey(pid)) {
        broken(pid, said); // As it came at boot: nothing better is known.
      } else {
        problems.add(pid, "a change was refused and put back: " + Reasons.of(said));
        putBack(binding);
      }
      return;
    }
    LOG.info("settings in force: pid={}", pid);
    broken.remove(pid);
    problems.remove(pid);
    kept(binding);
    acceptance.tell(pid, null, texts, values == null);
  }

  private void putBack(SingletonBinding<?> binding) {
    try {
      Configuration there = find(binding.pid());
      if (there == null) {
        return;
      }
      if (binding.inForce().isEmpty()) {
        there.delete();
        return;
      }
      Hashtable<String, Object> values = new Hashtable<>(binding.inForce());
      Dictionary<String, Object> now = there.getProperties();
      String file = now == null ? null : file(now);
      if (file != null) {
        values.put(FILE_KEY, file);
      }
      there.update(values);
    } catch (IOException | IllegalStateException e) {
      LOG.error("configuration cannot be put back: pid={}", binding.pid(), e);
    }
  }

  private static @Nullable String file(Dictionary<String, ?> values) {
    return values.get(FILE_KEY) instanceof String file ? file : null;
  }

  @Override
  public Collection<String> pids() {
    return List.copyOf(bindings.keySet());
  }

  /** Who takes a PID. */
  Optional<SingletonBinding<?>> binding(String pid) {
    return Optional.ofNullable(bindings.get(pid));
  }

  /** A value in force, of a PID that is or was bound; empty also for a setting that is not set. */
  <T> Optional<T> value(String pid, String key, Class<T> type) {
    Object said = lastValues.getOrDefault(pid, Map.of()).get(key);
    Object value = said instanceof Optional<?> set ? set.orElse(null) : said;
    return type.isInstance(value) ? Optional.of(type.cast(value)) : Optional.empty();
  }

  /** PIDs that run on defaults because their configuration is wrong. */
  Map<String, String> broken() {
    return Map.copyOf(broken);
  }

  /** A configuration bound to another bundle's location would never reach us. */
  @Override
  public void configurationEvent(ConfigurationEvent event) {
    if (bindings.containsKey(event.getPid()) && event.getType() != ConfigurationEvent.CM_DELETED) {
      hands.later(() -> {
        Configuration there = find(event.getPid());
        if (there != null) {
          unbind(there);
        }
      });
    }
  }

  private @Nullable Configuration find(String pid) {
    try {
      Configuration[] found =
          admin.listConfigurations("(" + Constants.SERVICE_PID + "=" + pid + ")");
      if (found == null) {
        return null;
      }
      unbind(found[0]);
      return found[0];
    } catch (IOException | InvalidSyntaxException e) {
      LOG.error("configuration cannot be read: pid={}", pid, e);
      return null;
    }
  }

  private void unbind(Configuration there) {
    String location = there.getBundleLocation();
    if (location != null
        && !location.startsWith("?")
        && !location.equals(context.getBundle().getLocation())) {
      there.setBundleLocation("?");
    }
  }

  @Override
  public void close() {
    hands.close();
  }
}
