package lip.core.http;

import org.jspecify.annotations.Nullable;

/**
 * The thread that runs a plugin, while it does. It is the container's: an interrupt that comes
 * later would hit the next request of the connection.
 */
final class Worker {
  private @Nullable Thread thread;
  private boolean interrupted;

  /** The calling thread is about to run the plugin. */
  synchronized void enter() {
    thread = Thread.currentThread();
  }

  /** The calling thread came back; an interrupt of ours is taken off it. */
  synchronized void leave() {
    thread = null;
    boolean _ = Thread.interrupted();
  }

  /** Interrupts the thread, once; whether it still runs the plugin. */
  synchronized boolean interrupt() {
    Thread running = thread;
    if (running != null && !interrupted) {
      interrupted = true;
      running.interrupt();
    }
    return running != null;
  }
}
