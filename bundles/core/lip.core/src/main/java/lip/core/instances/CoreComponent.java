package lip.core.instances;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import lip.core.executor.GatewayService;
import lip.core.gateway.AnswerRoom;
import lip.core.gateway.ConfigurationCheck;
import lip.core.gateway.Departures;
import lip.core.gateway.Gateway;
import lip.core.gateway.Inventory;
import lip.core.gateway.KeptThreads;
import lip.core.gateway.Singletons;
import lip.core.pipeline.Blame;
import lip.core.settings.Metatype;
import lip.core.settings.SecretReferences;
import lip.core.snapshot.OpenHolders;
import lip.sdk.Environment;
import lip.sdk.Ids;
import lip.sdk.settings.ByteSize;
import lip.sdk.upstream.Timeouts;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.cm.ConfigurationListener;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.MetaTypeService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Wires the core and registers its doors. Everything with a decision in it stands elsewhere. */
@Component(
    immediate = true,
    service = {})
public final class CoreComponent {
  private static final Logger LOG = LoggerFactory.getLogger(CoreComponent.class);
  private static final Duration AGAIN = Duration.ofSeconds(4);
  private static final Duration CHECK_BOUND = Duration.ofSeconds(10);
  private static final Duration FACTS_BOUND = Duration.ofSeconds(1);
  private static final Duration STOP_DEFAULT = Duration.ofSeconds(15);

  private final BundleContext context;
  private final PlatformSettings platform = new PlatformSettings();
  private final OpenHolders holders = new OpenHolders();
  private final InstantSource clock = InstantSource.system();
  private final HeapAtRest heap = new HeapAtRest(holders::size, System::gc);
  private final Problems problems = new Problems(clock);
  private final List<ServiceRegistration<?>> registrations = new ArrayList<>();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("lip-core-timer").factory());
  private final SingletonSettings singletons;
  private final AnswerRoom room = new AnswerRoom(this::answerBytes);
  private final ConfigurationFeed feed;
  private final Registry registry;
  private final KindTracker kinds;
  private final Mandatory mandatory;
  private final Boot boot;
  private final RuntimeState state;
  private final FrameworkStop stop;
  private final CarrierWatch carriers;
  private final ScheduledFuture<?> looks;

  /** Wires, opens and registers. */
  @Activate
  public CoreComponent(
      BundleContext context,
      @Reference ConfigurationAdmin admin,
      @Reference MetaTypeService metatypes) {
    this.context = context;
    Path home = Path.of(property("lip.home", "."));
    Path config = Path.of(property("lip.config.dir", "config"));
    Environment environment =
        name -> Optional.ofNullable(System.getenv(name)).filter(value -> !value.isBlank());
    SecretReferences secrets = new SecretReferences(environment, home, config.resolve("secrets"));
    Metatype metatype = new Metatype(metatypes);
    Acceptance acceptance = new Acceptance();
    Ids ids = new RandomIds();
    singletons =
        new SingletonSettings(context, admin, metatype, secrets, home, acceptance, problems);
    InstanceMaker maker = new InstanceMaker(secrets, home, environment, this::timeouts, clock, ids);
    feed = new ConfigurationFeed(context, admin, acceptance, problems);
    registry =
        new Registry(
            maker,
            feed,
            clock,
            holders,
            platform::drainLimit,
            this::window,
            platform::defaultRoute);
    feed.feed(registry);
    state = new RuntimeState(registry.publisher()::current, holders, this::lacking);
    mandatory =
        new Mandatory(
            platform::mandatory,
            new FeatureSets(context)::frontends,
            registry::state,
            registry.publisher()::edition,
            clock);
    boot = new Boot(() -> !starting(), () -> !registry.unsettled(_ -> true), System::nanoTime);
    stop = new FrameworkStop(state, registry.drains(), this::stopBound);
    kinds =
        new KindTracker(
            context,
            registry,
            metatype,
            feed,
            mandatory::arrived,
            platform::drainLimit,
            state::stopping,
            clock);
    Carriers scheduler = new Carriers();
    MountedThreads mounted = new MountedThreads(this::pluginThreads);
    Burners burners =
        new Burners(
            mounted::now,
            MountedThreads::cpuNanos,
            new PluginClasses(context, () -> registry.state().sources())::owners);
    carriers =
        new CarrierWatch(
            scheduler::run,
            CarrierWatch::kick,
            scheduler,
            mounted::places,
            new Quarantine(
                burners, registry, problems, Runtime.getRuntime().availableProcessors()));
    register(KeptThreads.class, new ThreadKeepers(burners::suspect, problems));
    open(maker, acceptance, ids);
    looks =
        timer.scheduleWithFixedDelay(
            this::look, AGAIN.toMillis(), AGAIN.toMillis(), TimeUnit.MILLISECONDS);
    carriers.start();
  }

  private void open(InstanceMaker maker, Acceptance acceptance, Ids ids) {
    context.addBundleListener(stop);
    register(ConfigurationListener.class, feed);
    register(ConfigurationListener.class, singletons);
    Bundle own = context.getBundle();
    Runnable republish =
        () -> {
          if (registry.publisher().current().generation() > 0) {
            registry.publisher().changed(List.of());
          }
        };
    Singletons.Binding plugins =
        singletons.bind("lip.plugins", PluginsSettings.class, own, platform.plugins(republish));
    Singletons.Binding routing =
        singletons.bind("lip.routing", RoutingSettings.class, own, platform.routing(republish));
    LOG.debug("core settings bound: plugins={} routing={}", plugins, routing);
    registry.start();
    register(Singletons.class, singletons);
    register(AnswerRoom.class, room);
    kinds.open();
    register(
        ConfigurationCheck.class,
        new SettingsCheck(
            registry, maker, singletons, platform, acceptance, new Patience(CHECK_BOUND)));
    GatewayService gateway =
        new GatewayService(
            state.current(), holders, state::stopping, state::readiness, room, clock, ids);
    register(Gateway.class, gateway);
    register(
        Departures.class, new BundleDepartures(registry, platform::drainLimit, this::refusals));
    register(
        Inventory.class,
        new RegistryInventory(
            registry,
            holders,
            problems,
            mandatory::lacking,
            kinds::refused,
            gateway::fidelity,
            new Facts(new Blame(clock), FACTS_BOUND)));
  }

  private void look() {
    try {
      heap.look();
      registry.retryUnresolved();
    } catch (RuntimeException e) {
      // The timer would end silently.
      LOG.error("looking again at unresolved instances failed", e);
    }
  }

  private Stream<Thread> pluginThreads() {
    return Stream.concat(holders.workers().stream(), registry.workers().threads().stream());
  }

  private String property(String name, String absent) {
    String value = context.getProperty(name);
    return value == null ? absent : value;
  }

  private boolean starting() {
    return context.getBundle(0).getState() == Bundle.STARTING;
  }

  private Publisher.Window window() {
    return starting() ? Publisher.Window.BOOT : Publisher.Window.RUNNING;
  }

  /** The limits of {@code lip.http.client}, whose keys lip.core.upstream declares. */
  private Timeouts timeouts() {
    return new Timeouts(
        client("response.header.timeout", Timeouts.DEFAULT.firstByte()),
        client("stream.idle.timeout", Timeouts.DEFAULT.idle()),
        client("unstreamed.response.timeout", Timeouts.DEFAULT.unstreamed()));
  }

  private Duration client(String key, Duration absent) {
    return singletons.value("lip.http.client", key, Duration.class).orElse(absent);
  }

  /** What is made of an answer fits several times into the rest of the heap. */
  private long answerBytes() {
    return singletons
        .value("lip.http.client", "max.inflight.answer.bytes", ByteSize.class)
        .map(ByteSize::bytes)
        .orElseGet(() -> Runtime.getRuntime().maxMemory() / 8);
  }

  /** {@code lip.server}, whose keys lip.core.http declares, gives the deadline of a stop. */
  private Duration stopBound() {
    return singletons.value("lip.server", "shutdown.timeout", Duration.class).orElse(STOP_DEFAULT);
  }

  private List<String> lacking() {
    List<String> reasons = new ArrayList<>();
    if (registry.publisher().current().generation() == 0 || !boot.over()) {
      reasons.add("starting");
    }
    reasons.addAll(mandatory.reasons());
    singletons
        .broken()
        .keySet()
        .forEach(pid -> reasons.add("the configuration of " + pid + " is not in force"));
    return reasons;
  }

  private List<BundleDepartures.KindRefusal> refusals() {
    return kinds.refused().stream()
        .map(view ->
            new BundleDepartures.KindRefusal(view.bundleId(), view.id() + ": " + view.problem()))
        .toList();
  }

  private <T> void register(Class<T> type, T service) {
    registrations.add(context.registerService(type, service, new Hashtable<>(Map.of())));
  }

  /** Ends all of it, in reverse order. */
  @Deactivate
  public void close() {
    carriers.close();
    looks.cancel(false);
    timer.shutdownNow();
    registrations.reversed().forEach(ServiceRegistration::unregister);
    kinds.close();
    feed.close();
    singletons.close();
    registry.stop();
    context.removeBundleListener(stop);
  }
}
