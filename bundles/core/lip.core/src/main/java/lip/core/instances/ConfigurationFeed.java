package lip.core.instances;

import java.util.Dictionary;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import lip.core.settings.RawTexts;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.cm.ConfigurationEvent;
import org.osgi.service.cm.ConfigurationListener;
import org.osgi.service.cm.ManagedService;
import org.osgi.service.cm.ManagedServiceFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The core's ears at Config Admin: one {@code ManagedServiceFactory} and one {@code ManagedService}
 * per factory PID. What is there already is read before a kind is told, so that no instance is made
 * with defaults that a configuration replaces a moment later.
 */
final class ConfigurationFeed implements ConfigurationListener, Feedback, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ConfigurationFeed.class);

  private final BundleContext context;
  private final StoredConfigurations stored;
  private final Acceptance acceptance;
  private final Problems problems;
  private final TaskThread hands = new TaskThread("lip-put-back");

  // Guarded by this object's lock.
  private final Map<String, List<ServiceRegistration<?>>> followed = new HashMap<>();
  private final Map<String, InstanceKey> keys = new HashMap<>();
  private @Nullable Registry registry;

  ConfigurationFeed(
      BundleContext context, ConfigurationAdmin admin, Acceptance acceptance, Problems problems) {
    this.context = context;
    this.stored = new StoredConfigurations(admin, context.getBundle().getLocation());
    this.acceptance = acceptance;
    this.problems = problems;
  }

  /** Sets who is fed; before anything is followed. */
  synchronized void feed(Registry fed) {
    registry = fed;
  }

  private synchronized Registry registry() {
    return Objects.requireNonNull(registry, "fed before it was wired");
  }

  /** Listens for a factory PID from now on, and passes on what is there. */
  void follow(String pid, String kindId) {
    synchronized (this) {
      if (followed.putIfAbsent(pid, List.of()) != null) {
        return;
      }
    }
    for (Configuration there : stored.of(pid)) {
      seed(pid, kindId, there);
    }
    Ear ear = new Ear(pid, kindId);
    Hashtable<String, Object> properties = new Hashtable<>(Map.of(Constants.SERVICE_PID, pid));
    List<ServiceRegistration<?>> registrations =
        List.of(
            context.registerService(ManagedServiceFactory.class, ear, properties),
            context.registerService(
                ManagedService.class, values -> ear.single(values), properties));
    synchronized (this) {
      followed.put(pid, registrations);
    }
  }

  /** Stops listening when no kind takes the PID any more. */
  void unfollow(String pid, Registry from) {
    if (from.state().sources().stream().anyMatch(source -> source.pid().equals(pid))) {
      return;
    }
    List<ServiceRegistration<?>> registrations;
    synchronized (this) {
      registrations = followed.remove(pid);
      keys.values().removeIf(key -> key.pid().equals(pid));
    }
    if (registrations != null) {
      registrations.forEach(ServiceRegistration::unregister);
      from.forget(pid);
    }
  }

  private void seed(String pid, String kindId, Configuration there) {
    Dictionary<String, Object> values = there.getProperties();
    if (values == null) {
      return;
    }
    stored.unbind(there);
    Map<String, String> texts = RawTexts.of(values);
    boolean factory = there.getFactoryPid() != null;
    String id = factory ? id(pid, there.getPid(), texts) : kindId;
    arrived(new InstanceKey(pid, id), configured(there.getPid(), values, texts, false));
  }

  /** Receives for one factory PID. */
  private final class Ear implements ManagedServiceFactory {
    private final String pid;
    private final String kindId;

    Ear(String pid, String kindId) {
      this.pid = pid;
      this.kindId = kindId;
    }

    @Override
    public String getName() {
      return pid;
    }

    @Override
    public void updated(String configurationPid, Dictionary<String, ?> values) {
      Map<String, String> texts = RawTexts.of(values);
      arrived(
          new InstanceKey(pid, id(pid, configurationPid, texts)),
          configured(configurationPid, values, texts, true));
    }

    @Override
    public void deleted(String configurationPid) {
      gone(configurationPid);
    }

    void single(@Nullable Dictionary<String, ?> values) {
      if (values == null) {
        gone(pid);
      } else {
        arrived(new InstanceKey(pid, kindId), configured(pid, values, RawTexts.of(values), true));
      }
    }
  }

  private static Configured configured(
      String pid, Dictionary<String, ?> values, Map<String, String> texts, boolean arrived) {
    return new Configured(
        pid,
        values.get(StoredConfigurations.FILE_KEY) instanceof String file ? file : null,
        texts,
        arrived);
  }

  /** {@code <factory pid>~name}, else the key {@code name}, else what the console made up. */
  private static String id(String factoryPid, String pid, Map<String, String> texts) {
    String named = texts.getOrDefault("name", "");
    return pid.startsWith(factoryPid + "~") || named.isEmpty()
        ? pid.substring(Math.min(pid.length(), factoryPid.length() + 1))
        : named;
  }

  private void arrived(InstanceKey key, Configured configuration) {
    InstanceKey before;
    Optional<String> rival;
    boolean refused;
    synchronized (this) {
      rival =
          keys.entrySet().stream()
              .filter(e -> e.getValue().equals(key) && !e.getKey().equals(configuration.pid()))
              .map(Map.Entry::getKey)
              .findFirst();
      refused = rival.isPresent() && !mayReplace(key, rival.get(), configuration);
      if (!refused) {
        rival.ifPresent(keys::remove);
      }
      before = refused ? null : keys.put(configuration.pid(), key);
    }
    if (refused) {
      String reason =
          "the instance " + key.id() + " is configured by " + rival.orElse("") + " already";
      problems.add(configuration.pid(), reason);
      LOG.warn("configuration refused: pid={} reason={}", configuration.pid(), reason);
      if (configuration.arrived()) {
        hands.later(() -> stored.delete(configuration.pid()));
      }
      return;
    }
    if (before != null && !before.equals(key)) {
      registry().unconfigure(before);
    }
    registry().configure(key, configuration);
    rival.ifPresent(pid -> hands.later(() -> stored.delete(pid)));
  }

  /**
   * The deployer wrote a console-made configuration to a file: the file's one takes its place, it
   * says the same.
   */
  private boolean mayReplace(InstanceKey key, String rival, Configured configuration) {
    Configured old = registry().state().configurations().get(key);
    return !rival.contains("~")
        && !rival.equals(key.pid())
        && configuration.pid().contains("~")
        && old != null
        && old.texts().equals(configuration.texts());
  }

  private void gone(String pid) {
    InstanceKey key;
    synchronized (this) {
      key = keys.remove(pid);
    }
    problems.gone(pid);
    if (key != null) {
      registry().unconfigure(key);
    }
  }

  @Override
  public void accepted(InstanceKey key, Configured configuration, boolean deleted) {
    problems.accepted(configuration);
    if (deleted || configuration.arrived()) {
      boolean isDefault = configuration.pid().equals(key.pid());
      acceptance.tell(key.pid(), isDefault ? null : key.id(), configuration.texts(), deleted);
    }
  }

  @Override
  public void refused(Configured configuration, @Nullable Configured lastGood, String reason) {
    hands.later(() -> {
      problems.putBack(configuration, lastGood, reason);
      if (lastGood != null && lastGood.pid().equals(configuration.pid())) {
        stored.restore(lastGood);
      } else {
        stored.delete(configuration.pid());
      }
    });
  }

  /** A configuration bound to another bundle's location would never reach us. */
  @Override
  public void configurationEvent(ConfigurationEvent event) {
    boolean ours;
    synchronized (this) {
      ours =
          followed.containsKey(
              event.getFactoryPid() == null ? event.getPid() : event.getFactoryPid());
    }
    if (ours && event.getType() != ConfigurationEvent.CM_DELETED) {
      hands.later(() -> stored.find(event.getPid()).ifPresent(stored::unbind));
    }
  }

  @Override
  public void close() {
    List<ServiceRegistration<?>> all;
    synchronized (this) {
      all = followed.values().stream().<ServiceRegistration<?>>flatMap(List::stream).toList();
      followed.clear();
    }
    all.forEach(ServiceRegistration::unregister);
    hands.close();
  }
}
