package lip.testing.system;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Counts answers. Any thread. */
final class Tally {
  private static final int REASONS = 12;

  private final Map<String, AtomicInteger> versions = new ConcurrentSkipListMap<>();
  private final Set<String> reasons = ConcurrentHashMap.newKeySet();
  private final AtomicInteger failed = new AtomicInteger();
  private final AtomicInteger altered = new AtomicInteger();
  private final AtomicInteger truncated = new AtomicInteger();
  private final AtomicInteger ended = new AtomicInteger();
  private final AtomicInteger refused = new AtomicInteger();
  private final AtomicLong gap = new AtomicLong();

  void answered(String version) {
    versions.computeIfAbsent(version, _ -> new AtomicInteger()).incrementAndGet();
  }

  void failed(String reason) {
    failed.incrementAndGet();
    reason("failed: " + reason);
  }

  void altered(String reason) {
    altered.incrementAndGet();
    reason("altered: " + reason);
  }

  void truncated(String reason) {
    truncated.incrementAndGet();
    reason("truncated: " + reason);
  }

  /** An answer that broke off with an error in its own protocol, where a row expects that. */
  void ended() {
    ended.incrementAndGet();
  }

  /** A request that was turned away at the door, where a row expects that. */
  void refused() {
    refused.incrementAndGet();
  }

  void gap(long nanos) {
    gap.accumulateAndGet(nanos / 1_000_000, Math::max);
  }

  private void reason(String reason) {
    if (reasons.size() < REASONS) {
      reasons.add(reason.length() > 300 ? reason.substring(0, 300) : reason);
    }
  }

  Map<String, Integer> versions() {
    Map<String, Integer> copy = new java.util.TreeMap<>();
    versions.forEach((version, count) -> copy.put(version, count.get()));
    return copy;
  }

  Set<String> reasons() {
    return Set.copyOf(reasons);
  }

  int failures() {
    return failed.get();
  }

  int alterations() {
    return altered.get();
  }

  int truncations() {
    return truncated.get();
  }

  int endings() {
    return ended.get();
  }

  int refusals() {
    return refused.get();
  }

  long longestGap() {
    return gap.get();
  }
}
