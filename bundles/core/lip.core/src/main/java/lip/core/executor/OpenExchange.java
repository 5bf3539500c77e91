package lip.core.executor;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import lip.api.call.Call;
import lip.api.event.StreamClosed;
import lip.core.fidelity.DebugWish;
import lip.core.gateway.AnswerRoom;
import lip.core.gateway.EndCause;
import lip.core.gateway.PinnedExchange;
import lip.core.pipeline.Blame;
import lip.core.snapshot.Entry;
import lip.core.snapshot.OpenHolders;
import lip.core.snapshot.Snapshot;
import lip.sdk.backend.ProviderNotes;
import lip.sdk.feature.Feature;
import lip.sdk.frontend.Calls;
import lip.sdk.frontend.ExchangeEnded;
import lip.sdk.frontend.Frontend;
import lip.sdk.http.Headers;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One admitted request with its leases. After {@link #close()} it refers to no plugin. */
final class OpenExchange implements PinnedExchange, OpenHolders.Holder {
  private static final Logger LOG = LoggerFactory.getLogger(OpenExchange.class);

  private final Platform platform;
  private final OpenHolders holders;
  private final String traceId;
  private final String frontendId;
  private final Map<String, String> parameters;
  private final DebugWish debug;
  private final Calls calls = new ExchangeCalls(this);
  private final AnswerRoom.Share kept;

  // Guarded by this.
  private @Nullable Entry<Frontend> frontend;
  private @Nullable Snapshot snapshot;
  private final List<LiveAttempt> attempts = new ArrayList<>(1);
  private @Nullable Consumer<EndCause> action;
  private @Nullable EndCause revokedBy;
  private boolean told;
  private boolean closed;

  private volatile @Nullable EndCause endCause;
  private volatile @Nullable Thread worker;

  // What the response may say about the attempt that it comes from; null = none has one yet.
  private volatile @Nullable AttemptRecord answering;
  private volatile Headers answerHeaders = Headers.NONE;

  /** With leases on the frontend and on each feature of the snapshot. */
  OpenExchange(
      Platform platform,
      OpenHolders holders,
      String traceId,
      Snapshot snapshot,
      Entry<Frontend> frontend,
      Map<String, String> parameters,
      DebugWish debug) {
    this.platform = platform;
    this.kept = platform.room().share();
    this.holders = holders;
    this.traceId = traceId;
    this.snapshot = snapshot;
    this.frontend = frontend;
    this.frontendId = frontend.id();
    this.parameters = parameters;
    this.debug = debug;
  }

  Platform platform() {
    return platform;
  }

  String traceId() {
    return traceId;
  }

  /** The pinned snapshot. */
  synchronized Snapshot snapshot() {
    Snapshot pinned = snapshot;
    if (pinned == null) {
      throw new ExchangeEnded("the exchange is closed");
    }
    return pinned;
  }

  @Override
  public synchronized Frontend frontend() {
    Entry<Frontend> entry = frontend;
    if (entry == null) {
      throw new IllegalStateException("the exchange is closed");
    }
    return entry.instance();
  }

  @Override
  public String frontendId() {
    return frontendId;
  }

  @Override
  public Map<String, String> parameters() {
    return parameters;
  }

  @Override
  public Calls calls() {
    return calls;
  }

  /** Counts what is kept of the answer to a call. */
  KeptEvents kept(Call call) {
    return new KeptEvents(kept, !call.streaming());
  }

  /** An attempt begins: whose answer it will be is open again. */
  void tries() {
    answering = null;
  }

  /** The response comes from this attempt, unless another one follows. */
  void tells(AttemptRecord record, Headers headers) {
    ProviderNotes notes = record.notes();
    answerHeaders = notes == null ? headers : told(notes, headers);
    answering = record;
  }

  /** The frontend's words for what the provider said. */
  private Headers told(ProviderNotes notes, Headers headers) {
    Entry<Frontend> entry;
    synchronized (this) {
      entry = frontend;
    }
    Headers all = headers;
    if (notes.requestId() != null) {
      all = all.plus("X-LIP-Upstream-Request-Id", notes.requestId());
    }
    if (entry == null) {
      return all;
    }
    try {
      return all.plus(entry.instance().headers(notes, platform.clock().instant()));
    } catch (Throwable e) {
      platform.blame().on(entry, "headers", traceId, e);
      return headers;
    }
  }

  @Override
  public Headers headers() {
    AttemptRecord record = answering;
    return record == null ? Headers.NONE : Account.headers(record, answerHeaders, debug);
  }

  /** The last call is over: says and counts what did not pass unchanged. */
  void settle() {
    AttemptRecord record = answering;
    answering = null;
    if (record != null) {
      Account.settle(record, platform);
    }
  }

  /** Makes an attempt end with this exchange, and when its plugin is revoked. */
  void add(LiveAttempt attempt, Entry<?> plugin) {
    boolean late;
    synchronized (this) {
      late = closed;
      if (!late) {
        attempts.add(attempt);
      }
    }
    EndCause cause = endCause;
    if (late) {
      attempt.close();
    } else if (cause != null) {
      attempt.end(cause);
    }
    // A revocation that began before this exchange was seen to hold the plugin has not ended it.
    if (plugin.revoked()) {
      attempt.end(EndCause.DRAIN);
    }
  }

  synchronized void remove(LiveAttempt attempt) {
    attempts.remove(attempt);
  }

  @Override
  public void worker(@Nullable Thread thread) {
    worker = thread;
  }

  @Override
  public @Nullable Thread worker() {
    return worker;
  }

  @Override
  public void onRevoked(Consumer<EndCause> run) {
    EndCause cause;
    synchronized (this) {
      cause = revokedBy;
      if (cause == null) {
        action = run;
        return;
      }
      if (told) {
        return;
      }
      told = true;
    }
    run.accept(cause);
  }

  @Override
  public synchronized boolean revoked() {
    return revokedBy != null;
  }

  @Override
  public synchronized boolean holds(Entry<?> entry) {
    if (frontend == entry) {
      return true;
    }
    for (LiveAttempt attempt : attempts) {
      if (attempt.uses(entry)) {
        return true;
      }
    }
    return snapshot != null && contains(snapshot.features(), entry);
  }

  private static boolean contains(List<Entry<Feature>> features, Entry<?> entry) {
    for (Entry<Feature> feature : features) {
      if (feature == entry) {
        return true;
      }
    }
    return false;
  }

  @Override
  public void revoke(EndCause cause) {
    Consumer<EndCause> run;
    synchronized (this) {
      if (closed || revokedBy != null) {
        return;
      }
      revokedBy = cause;
      run = action;
      action = null;
      told = run != null;
    }
    end(cause);
    if (run != null) {
      run.accept(cause);
    }
  }

  @Override
  public void end(EndCause cause) {
    List<LiveAttempt> open;
    synchronized (this) {
      if (endCause != null) {
        return;
      }
      endCause = cause;
      open = List.copyOf(attempts);
    }
    for (LiveAttempt attempt : open) {
      attempt.end(cause);
    }
  }

  @Override
  public @Nullable EndCause endCause() {
    return endCause;
  }

  @Override
  public void blame(Throwable thrown) {
    Entry<Frontend> entry;
    synchronized (this) {
      entry = frontend;
    }
    boolean expected =
        thrown instanceof ExchangeEnded
            || (endCause != null
                && (thrown instanceof StreamClosed || thrown instanceof InterruptedException));
    if (entry == null || expected) {
      LOG.debug("{} frontend {} left", traceId, frontendId, thrown);
      return;
    }
    platform.blame().on(entry, "frontend", traceId, thrown);
  }

  Blame blame() {
    return platform.blame();
  }

  @Override
  public void close() {
    Entry<Frontend> front;
    Snapshot pinned;
    List<LiveAttempt> open;
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
      front = frontend;
      pinned = snapshot;
      open = List.copyOf(attempts);
      attempts.clear();
      frontend = null;
      snapshot = null;
      action = null;
    }
    try {
      for (LiveAttempt attempt : open) {
        attempt.close();
      }
      settle();
    } finally {
      kept.close();
      holders.remove(this);
      if (front != null) {
        front.release();
      }
      if (pinned != null) {
        pinned.features().forEach(Entry::release);
      }
    }
  }
}
