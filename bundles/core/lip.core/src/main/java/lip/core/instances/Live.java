package lip.core.instances;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import lip.core.settings.CommonSettings;
import lip.core.snapshot.Entry;
import lip.sdk.feature.Contribution;
import lip.sdk.frontend.Claim;

/**
 * An instance that was made: its entry, what it was made of, and what it contributes. Closed once.
 */
final class Live {
  private final Source source;
  private final InstanceKey key;
  private final Map<String, String> texts;
  private final CommonSettings common;
  private final Entry<?> entry;
  private final List<Claim> claims;
  private final List<Contribution> contributions;
  private final Instant since;
  private final AtomicBoolean revoking = new AtomicBoolean();
  private final AtomicBoolean closing = new AtomicBoolean();
  private final CountDownLatch closed = new CountDownLatch(1);

  Live(
      Source source,
      InstanceKey key,
      Map<String, String> texts,
      CommonSettings common,
      Entry<?> entry,
      List<Claim> claims,
      List<Contribution> contributions,
      Instant since) {
    this.source = source;
    this.key = key;
    this.texts = Map.copyOf(texts);
    this.common = common;
    this.entry = entry;
    this.claims = List.copyOf(claims);
    this.contributions = List.copyOf(contributions);
    this.since = since;
  }

  Source source() {
    return source;
  }

  InstanceKey key() {
    return key;
  }

  Map<String, String> texts() {
    return texts;
  }

  CommonSettings common() {
    return common;
  }

  Entry<?> entry() {
    return entry;
  }

  List<Claim> claims() {
    return claims;
  }

  List<Contribution> contributions() {
    return contributions;
  }

  Instant since() {
    return since;
  }

  /** True for the one caller that has to take its leases away. */
  boolean beginRevoke() {
    return revoking.compareAndSet(false, true);
  }

  /** True for the one caller that has to close it. */
  boolean beginClose() {
    return closing.compareAndSet(false, true);
  }

  void closed() {
    closed.countDown();
  }

  CountDownLatch closedLatch() {
    return closed;
  }

  @Override
  public String toString() {
    return key + " of " + source.origin();
  }
}
