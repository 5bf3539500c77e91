package lip.core.executor;

import java.util.concurrent.ConcurrentHashMap;

/** Attempts at work, by backend id: a limit holds across the old and the new instance of an id. */
final class ActiveAttempts {
  private final ConcurrentHashMap<String, Integer> active = new ConcurrentHashMap<>();

  /** Takes a place; false when there is none. A limit of 0 is none. */
  boolean enter(String backendId, int limit) {
    boolean[] entered = new boolean[1];
    active.compute(
        backendId,
        (_, count) -> {
          int now = count == null ? 0 : count;
          entered[0] = limit <= 0 || now < limit;
          return entered[0] ? Integer.valueOf(now + 1) : count;
        });
    return entered[0];
  }

  /** Gives a place back. */
  void leave(String backendId) {
    active.computeIfPresent(backendId, (_, count) -> count <= 1 ? null : count - 1);
  }

  int count(String backendId) {
    return active.getOrDefault(backendId, 0);
  }
}
