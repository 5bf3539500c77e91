package lip.core.instances;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import lip.core.gateway.Inventory.KindView;
import lip.core.settings.Metatype;
import lip.core.settings.SettingsType;
import lip.core.snapshot.Family;
import lip.sdk.Kind;
import lip.sdk.backend.BackendKind;
import lip.sdk.feature.FeatureKind;
import lip.sdk.frontend.FrontendKind;
import lip.sdk.store.StoreKind;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.util.tracker.ServiceTracker;
import org.osgi.util.tracker.ServiceTrackerCustomizer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the kind services. A tracker and no Declarative Services reference, because a departing
 * kind is held here, on the thread of the departing bundle, until its instances are drained.
 */
final class KindTracker implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(KindTracker.class);

  /** On a thread that is not the deployer's, nobody waits longer. */
  private static final Duration FOREIGN_THREAD = Duration.ofSeconds(30);

  private static final int MAX_REFUSED = 256;
  private static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9.-]{0,63}");

  private final BundleContext context;
  private final Registry registry;
  private final Metatype metatype;
  private final ConfigurationFeed feed;
  private final Consumer<Source> arrived;
  private final Supplier<Duration> drainLimit;
  private final BooleanSupplier stopping;
  private final InstantSource clock;
  private final List<ServiceTracker<?, ?>> trackers = new ArrayList<>();
  private final Map<ServiceReference<?>, KindView> refused = new ConcurrentHashMap<>();

  KindTracker(
      BundleContext context,
      Registry registry,
      Metatype metatype,
      ConfigurationFeed feed,
      Consumer<Source> arrived,
      Supplier<Duration> drainLimit,
      BooleanSupplier stopping,
      InstantSource clock) {
    this.context = context;
    this.registry = registry;
    this.metatype = metatype;
    this.feed = feed;
    this.arrived = arrived;
    this.drainLimit = drainLimit;
    this.stopping = stopping;
    this.clock = clock;
  }

  void open() {
    open(FrontendKind.class, Family.FRONTEND);
    open(BackendKind.class, Family.BACKEND);
    open(FeatureKind.class, Family.FEATURE);
    open(StoreKind.class, Family.STORE);
  }

  /** Kinds that cannot be used, with the reason. */
  List<KindView> refused() {
    return List.copyOf(refused.values());
  }

  @Override
  public void close() {
    trackers.forEach(ServiceTracker::close);
  }

  @SuppressWarnings("rawtypes") // The class object of a generic interface is raw.
  private <K extends Kind> void open(Class<K> type, Family family) {
    ServiceTracker<K, Source> tracker =
        new ServiceTracker<>(
            context,
            type,
            new ServiceTrackerCustomizer<K, Source>() {
              @Override
              public @Nullable Source addingService(ServiceReference<K> reference) {
                return arrive(reference, family);
              }

              @Override
              public void modifiedService(ServiceReference<K> reference, Source source) {}

              @Override
              public void removedService(ServiceReference<K> reference, Source source) {
                depart(reference, source);
              }
            });
    trackers.add(tracker);
    tracker.open();
  }

  @SuppressWarnings("rawtypes")
  private <K extends Kind> @Nullable Source arrive(ServiceReference<K> reference, Family family) {
    Bundle bundle = reference.getBundle();
    Origin origin = new Origin(bundle.getBundleId(), bundle.getSymbolicName(), bundle.getVersion());
    refused.keySet().removeIf(gone -> gone.getBundle() == null);
    String id = "?";
    try {
      Kind<?, ?> kind = context.getService(reference);
      if (kind == null) {
        return refuse(reference, family, id, origin, "its component could not be activated");
      }
      String told = kind.id();
      if (told == null || !ID.matcher(told).matches()) {
        return refuse(
            reference, family, id, origin, "its id is not lower case, digits and dashes: " + told);
      }
      id = told;
      Class<?> settings = kind.settings();
      Optional<Metatype.Designate> designate = metatype.factory(bundle, settings);
      if (designate.isEmpty()) {
        return refuse(
            reference,
            family,
            id,
            origin,
            "the bundle's metatype has no factory PID for " + settings.getName());
      }
      Source source = new Source(family, kind, designate.get(), origin, clock.instant());
      feed.follow(source.pid(), source.id());
      arrived.accept(source);
      registry.add(source);
      return source;
    } catch (SettingsType.Unusable e) {
      return refuse(reference, family, id, origin, String.valueOf(e.getMessage()));
    } catch (Throwable e) {
      LOG.warn("kind failed: bundle={}", origin, e);
      return refuse(reference, family, id, origin, Reasons.of(e));
    }
  }

  private @Nullable Source refuse(
      ServiceReference<?> reference, Family family, String id, Origin origin, String reason) {
    LOG.warn("kind refused: family={} id={} bundle={} reason={}", family.id(), id, origin, reason);
    if (refused.size() < MAX_REFUSED) {
      refused.put(
          reference,
          new KindView(
              family.id(),
              id,
              null,
              origin.symbolicName(),
              origin.bundleId(),
              origin.version().toString(),
              List.of(),
              false,
              reason));
    }
    registry.publisher().told();
    return null;
  }

  private void depart(ServiceReference<?> reference, Source source) {
    try {
      List<Source> all = new ArrayList<>(List.of(source));
      if (reference.getBundle() == null || reference.getBundle().getState() == Bundle.STOPPING) {
        // All kinds of the bundle at once, so that their waits do not add up.
        all.addAll(registry.ofBundle(source.origin().bundleId()));
      }
      Duration limit =
          stopping.getAsBoolean() ? Duration.ZERO : min(drainLimit.get(), FOREIGN_THREAD);
      registry.leave(all.stream().distinct().toList(), limit);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      feed.unfollow(source.pid(), registry);
      context.ungetService(reference);
      LOG.info("kind left: kind={} bundle={}", source.id(), source.origin());
    }
  }

  private static Duration min(Duration a, Duration b) {
    return a.compareTo(b) < 0 ? a : b;
  }
}
