package lip.testing.conformance.frontend;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import lip.api.call.Call;
import lip.api.event.Event;
import lip.api.event.StreamClosed;
import lip.api.failure.Failure;
import lip.sdk.Ids;
import lip.sdk.backend.ModelInfo;
import lip.sdk.fidelity.Deviation;
import lip.sdk.fidelity.Fidelity;
import lip.sdk.frontend.Answer;
import lip.sdk.frontend.CallFailed;
import lip.sdk.frontend.Calls;
import lip.sdk.http.Headers;
import lip.testing.kit.CountingIds;
import lip.testing.kit.FixedClock;
import org.jspecify.annotations.Nullable;

/**
 * A core that remembers the calls it is given and answers as it was told. One request at a time.
 */
public final class CapturingCalls implements Calls {
  private final List<Event> events;
  private final @Nullable Failure failure;
  private final List<Call> opened = new ArrayList<>();
  private final List<Deviation> reported = new CopyOnWriteArrayList<>();
  private final AtomicInteger closed = new AtomicInteger();
  private final FixedClock clock = new FixedClock();
  private final CountingIds ids = new CountingIds();
  private Headers headers = Headers.NONE;
  private List<ModelInfo> models = List.of();
  private OptionalLong tokens = OptionalLong.empty();
  private boolean burst;
  private Runnable beforeOpen = () -> {};

  private CapturingCalls(List<Event> events, @Nullable Failure failure) {
    this.events = List.copyOf(events);
    this.failure = failure;
  }

  /** Answers every call with these events. */
  public static CapturingCalls answering(List<Event> events) {
    return new CapturingCalls(events, null);
  }

  /** Fails every call before any output. */
  public static CapturingCalls failing(Failure failure) {
    return new CapturingCalls(List.of(), failure);
  }

  /** All events are there at once, instead of one by one. */
  public CapturingCalls inOneBurst() {
    burst = true;
    return this;
  }

  /** Headers that belong to the answer. */
  public CapturingCalls withHeaders(Headers value) {
    headers = value;
    return this;
  }

  /** Models of the live backends. */
  public CapturingCalls withModels(List<ModelInfo> value) {
    models = List.copyOf(value);
    return this;
  }

  /** What the provider counts. */
  public CapturingCalls counting(long value) {
    tokens = OptionalLong.of(value);
    return this;
  }

  /** What happens when a call is opened. */
  CapturingCalls beforeOpen(Runnable look) {
    beforeOpen = look;
    return this;
  }

  /** The calls, in order. */
  public List<Call> opened() {
    return List.copyOf(opened);
  }

  /** How many answers were closed. */
  public int closed() {
    return closed.get();
  }

  /** What the frontend said that it could not say, in order. */
  public List<Deviation> reported() {
    return List.copyOf(reported);
  }

  @Override
  public Answer open(Call call) throws CallFailed {
    beforeOpen.run();
    opened.add(call);
    if (failure != null) {
      throw new CallFailed(failure, null);
    }
    return new FixedAnswer();
  }

  @Override
  public OptionalLong countTokens(Call call) {
    return tokens;
  }

  @Override
  public List<ModelInfo> models() {
    return models;
  }

  @Override
  public InstantSource clock() {
    return clock;
  }

  @Override
  public Ids ids() {
    return ids;
  }

  private final class FixedAnswer implements Answer {
    private int next;
    private boolean over;

    @Override
    public @Nullable Event next() {
      if (over) {
        throw new StreamClosed();
      }
      return next < events.size() ? events.get(next++) : null;
    }

    @Override
    public boolean ready() {
      return burst;
    }

    @Override
    public Headers headers() {
      return headers;
    }

    @Override
    public Fidelity fidelity() {
      return reported::add;
    }

    @Override
    public void close() {
      if (!over) {
        over = true;
        closed.incrementAndGet();
      }
    }
  }
}
