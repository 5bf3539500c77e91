package lip.operations.deploy;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import lip.core.instances.OneKind;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;

/**
 * As much of a framework as the deployer sees. Kinds are registered on other threads, sooner or
 * later, as the component runtime may.
 */
final class FakeBundles {
  private final OneKind kinds;
  private final Random random;
  private final Map<Long, One> bundles = new ConcurrentSkipListMap<>();
  private final AtomicLong ids = new AtomicLong(10);
  private final AtomicInteger starting = new AtomicInteger();

  FakeBundles(OneKind kinds, long seed) {
    this.kinds = kinds;
    this.random = new Random(seed);
  }

  /** What there is of a bundle behind the proxy. */
  final class One {
    final long id = ids.incrementAndGet();
    final String location;
    final Content content;
    final Bundle bundle;
    private int state = Bundle.INSTALLED;

    One(String location, Content content) {
      this.location = location;
      this.content = content;
      this.bundle = proxy(Bundle.class, (_, method, _) -> answer(method.getName()));
    }

    private Object answer(String method) throws BundleException {
      return switch (method) {
        case "getBundleId" -> id;
        case "getLocation" -> location;
        case "getVersion" -> content.bundleVersion();
        case "getSymbolicName" -> "lip.test.one";
        case "getState" -> state();
        case "adapt" -> proxy(BundleStartLevel.class, (_, _, _) -> null);
        case "start" -> {
          start();
          yield null;
        }
        case "uninstall" -> {
          uninstall();
          yield null;
        }
        default -> throw new UnsupportedOperationException(method);
      };
    }

    private synchronized int state() {
      return state;
    }

    private void start() throws BundleException {
      if (content.how() == Content.How.UNSTARTABLE) {
        throw new BundleException("unstartable");
      }
      synchronized (this) {
        state = Bundle.ACTIVE;
      }
      int delay = random.nextInt(4);
      if (delay == 0) {
        arrive();
        return;
      }
      starting.incrementAndGet();
      Thread.ofVirtual()
          .start(() -> {
            LockSupport.parkNanos((delay - 1) * 1_000_000L);
            arrive();
            starting.decrementAndGet();
          });
    }

    private synchronized void arrive() {
      if (state == Bundle.ACTIVE) {
        kinds.arrive(id, content.bundleVersion(), content.how() == Content.How.BROKEN);
      }
    }

    private void uninstall() {
      synchronized (this) {
        if (state == Bundle.UNINSTALLED) {
          throw new IllegalStateException("uninstalled already: " + this);
        }
        state = Bundle.UNINSTALLED;
      }
      bundles.remove(id);
      kinds.leave(id);
    }

    @Override
    public String toString() {
      return location + " [" + id + "] " + content;
    }
  }

  private static <T> T proxy(Class<T> type, InvocationHandler handler) {
    InvocationHandler all =
        (self, method, arguments) ->
            switch (method.getName()) {
              case "equals" -> self == arguments[0];
              case "hashCode" -> System.identityHashCode(self);
              case "toString" -> type.getSimpleName();
              default -> handler.invoke(self, method, arguments);
            };
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, all));
  }

  BundleContext context() {
    return proxy(
        BundleContext.class,
        (_, method, arguments) ->
            switch (method.getName()) {
              case "installBundle" -> install((String) arguments[0], (InputStream) arguments[1]);
              case "getBundle" -> bundle(arguments[0]);
              case "getBundles" -> all().stream().map(one -> one.bundle).toArray(Bundle[]::new);
              default -> throw new UnsupportedOperationException(method.getName());
            });
  }

  private Bundle install(String location, InputStream jar) throws IOException {
    One one = new One(location, Content.read(jar));
    bundles.put(one.id, one);
    return one.bundle;
  }

  private Bundle bundle(Object key) {
    return all().stream()
        .filter(one -> key.equals(one.id) || key.equals(one.location))
        .map(one -> one.bundle)
        .findFirst()
        .orElse(null);
  }

  List<One> all() {
    return List.copyOf(bundles.values());
  }

  /** A bundle that is there; null = it is not. */
  One get(long id) {
    return bundles.get(id);
  }

  /** Whether all that is to register has. */
  boolean started() {
    return starting.get() == 0;
  }

  /** The runtime that knows of one kind in each bundle. */
  static ServiceComponentRuntime components() {
    return proxy(
        ServiceComponentRuntime.class,
        (_, method, _) -> {
          if (!method.getName().equals("getComponentDescriptionDTOs")) {
            return List.of();
          }
          ComponentDescriptionDTO kind = new ComponentDescriptionDTO();
          kind.serviceInterfaces = new String[] {"lip.sdk.backend.BackendKind"};
          return List.of(kind);
        });
  }
}
