package lip.launcher;

import java.io.PrintStream;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.osgi.framework.BundleException;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;

/** One framework from start to stop. */
final class Platform {
  private final Framework framework;
  private final SystemBundles bundles;
  private final Announcements announcements;
  private final PrintStream err;
  private final CountDownLatch up = new CountDownLatch(1);
  private final CountDownLatch down = new CountDownLatch(1);
  private final AtomicBoolean stopping = new AtomicBoolean();

  Platform(
      Map<String, String> properties,
      SystemBundles bundles,
      Announcements announcements,
      PrintStream err) {
    this.framework =
        ServiceLoader.load(FrameworkFactory.class, Platform.class.getClassLoader())
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("no OSGi framework on the class path"))
            .newFramework(properties);
    this.bundles = bundles;
    this.announcements = announcements;
    this.err = err;
  }

  /**
   * Starts, and comes back when the framework is down: stopped from outside or by one of its
   * bundles.
   */
  int run() throws StartFailure, InterruptedException {
    var _ = announcements.end().thenRun(this::stop);
    try {
      boolean again = true;
      while (again) {
        start();
        up.countDown();
        again = framework.waitForStop(0).getType() == FrameworkEvent.STOPPED_UPDATE;
      }
      return announcements.end().getNow(Exit.DONE);
    } finally {
      up.countDown();
      down.countDown();
    }
  }

  private void start() throws StartFailure {
    try {
      framework.init();
      new WeavingScope().register(framework.getBundleContext());
      bundles.reconcile(framework.getBundleContext());
      register();
      framework.getBundleContext().addFrameworkListener(this::report);
      framework.start();
    } catch (BundleException e) {
      throw new StartFailure(Exit.FAILED, "the framework did not start: " + Reasons.of(e), e);
    }
  }

  private void register() {
    framework
        .getBundleContext()
        .registerService(
            Consumer.class,
            announcements,
            FrameworkUtil.asDictionary(Map.of(Announcements.PROPERTY, Announcements.VALUE)));
  }

  /** A bundle of the distribution that fails must be seen; plugins are the deployer's business. */
  private void report(FrameworkEvent event) {
    if (event.getType() == FrameworkEvent.ERROR
        && event.getThrowable() instanceof BundleException problem
        && event.getBundle().getLocation().startsWith("reference:")) {
      err.println("lip: " + event.getBundle() + " did not start: " + Reasons.of(problem));
    }
  }

  /** Asks for the end and returns at once. */
  void stop() {
    if (stopping.compareAndSet(false, true)) {
      Thread.ofPlatform().daemon().name("lip-stop").start(this::stopInOrder);
    }
  }

  /** Waits until the framework is down, at most the stop bound. */
  boolean awaitDown() throws InterruptedException {
    return down.await(announcements.stopBound().toMillis(), TimeUnit.MILLISECONDS);
  }

  private void stopInOrder() {
    try {
      up.await(); // a framework that is still starting cannot be stopped in order
      framework.stop();
      if (!awaitDown()) {
        err.println(
            "lip: did not stop within %d s, ending"
                .formatted(announcements.stopBound().toSeconds()));
        Runtime.getRuntime().halt(Exit.FAILED);
      }
    } catch (BundleException e) {
      err.println("lip: cannot stop: " + Reasons.of(e));
      Runtime.getRuntime().halt(Exit.FAILED);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
