package lip.testing.system.soak;

import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * Lets requests to a backend start only while it is there: who takes it away closes the door first
 * and so waits for those that are about to start, not for those that run. Any thread.
 */
final class Door {
  private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
  private boolean open;

  /** Whether the request may start; if so, {@link #started} must follow on the same thread. */
  boolean enter() {
    lock.readLock().lock();
    boolean entered = open;
    if (!entered) {
      lock.readLock().unlock();
    }
    return entered;
  }

  void started() {
    lock.readLock().unlock();
  }

  void set(boolean nowOpen) {
    lock.writeLock().lock();
    try {
      open = nowOpen;
    } finally {
      lock.writeLock().unlock();
    }
  }
}
