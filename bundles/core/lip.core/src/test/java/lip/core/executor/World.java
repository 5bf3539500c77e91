package lip.core.executor;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;
import lip.api.Dialect;
import lip.api.call.Call;
import lip.api.capability.Capabilities;
import lip.api.capability.Capability;
import lip.api.event.Event;
import lip.api.event.EventStream;
import lip.api.event.FinishReason;
import lip.api.event.StreamClosed;
import lip.api.failure.Failure;
import lip.api.failure.UpstreamFailure;
import lip.api.message.Message;
import lip.api.message.Role;
import lip.core.gateway.AnswerRoom;
import lip.core.gateway.Gateway;
import lip.core.gateway.Gateway.Admittance;
import lip.core.gateway.PinnedExchange;
import lip.core.snapshot.Entry;
import lip.core.snapshot.Family;
import lip.core.snapshot.LiveBackend;
import lip.core.snapshot.OpenHolders;
import lip.core.snapshot.RouteTable;
import lip.core.snapshot.Snapshot;
import lip.core.snapshot.Stages;
import lip.sdk.backend.Attempt;
import lip.sdk.backend.Backend;
import lip.sdk.backend.ModelInfo;
import lip.sdk.backend.ProviderNotes;
import lip.sdk.feature.Feature;
import lip.sdk.frontend.Calls;
import lip.sdk.frontend.Claim;
import lip.sdk.frontend.ErrorReply;
import lip.sdk.frontend.Exchange;
import lip.sdk.frontend.Frontend;
import lip.sdk.http.Headers;

/** A platform of fakes. */
final class World {
  static final Event START = Event.ResponseStarted.PLAIN;
  static final Event MESSAGE = Event.MessageStarted.FIRST;
  static final Event END = Event.Finished.of(FinishReason.STOP);

  final AtomicReference<Snapshot> current = new AtomicReference<>(Snapshot.EMPTY);
  final OpenHolders holders = new OpenHolders();
  final AtomicBoolean stopping = new AtomicBoolean();
  final AtomicLong ids = new AtomicLong();
  final AtomicLong roomBytes = new AtomicLong(Long.MAX_VALUE);
  final AnswerRoom room = new AnswerRoom(roomBytes::get);
  final GatewayService gateway =
      new GatewayService(
          current::get,
          holders,
          stopping::get,
          () -> new Gateway.Readiness(true, List.of()),
          room,
          Clock.systemUTC(),
          prefix -> prefix + String.format("%032x", ids.incrementAndGet()));

  /** A scripted frontend: claims one path. */
  static final class Front implements Frontend {
    static volatile BiFunction<ProviderNotes, Instant, Headers> words = (_, _) -> Headers.NONE;

    @Override
    public Headers headers(ProviderNotes notes, Instant now) {
      return words.apply(notes, now);
    }

    @Override
    public List<Claim> claims() {
      return List.of(Claim.of("POST", "/chat"));
    }

    @Override
    public void handle(Exchange exchange, Calls calls) {}

    @Override
    public ErrorReply render(Failure failure) {
      return new ErrorReply(failure.kind().httpStatus(), Headers.NONE, new byte[0]);
    }
  }

  /** What a fake backend does. */
  @FunctionalInterface
  interface Script {
    EventStream open(Attempt attempt) throws UpstreamFailure;
  }

  /** A scripted backend. */
  static final class Fake implements Backend {
    final Script script;
    final AtomicInteger opened = new AtomicInteger();
    volatile Capabilities can =
        Capabilities.of(Capability.STREAMING, Capability.TOOLS, Capability.VISION);
    volatile List<ModelInfo> models = List.of();
    volatile Counting counting = _ -> OptionalLong.empty();

    /** Counts tokens. */
    @FunctionalInterface
    interface Counting {
      OptionalLong of(Attempt attempt) throws UpstreamFailure;
    }

    @Override
    public OptionalLong countTokens(Attempt attempt) throws UpstreamFailure {
      return counting.of(attempt);
    }

    Fake(Script script) {
      this.script = script;
    }

    @Override
    public EventStream open(Attempt attempt) throws UpstreamFailure {
      opened.incrementAndGet();
      return script.open(attempt);
    }

    @Override
    public Capabilities capabilities(String model) {
      return can;
    }

    @Override
    public List<ModelInfo> models() {
      return models;
    }
  }

  /** A step of a scripted stream. */
  @FunctionalInterface
  interface Step {
    Event take() throws UpstreamFailure;
  }

  /** A stream of steps; behind the last one it blocks until it is closed, or ends with null. */
  static final class Steps implements EventStream {
    final List<Step> steps;
    final boolean blocks;
    final CountDownLatch blocked = new CountDownLatch(1);
    final CountDownLatch closed = new CountDownLatch(1);
    final AtomicInteger closes = new AtomicInteger();
    private int at;

    Steps(boolean blocks, List<Step> steps) {
      this.blocks = blocks;
      this.steps = steps;
    }

    static Steps of(Event... events) {
      List<Step> steps = new ArrayList<>();
      for (Event event : events) {
        steps.add(() -> event);
      }
      return new Steps(false, steps);
    }

    static Steps thenBlocks(Event... events) {
      return new Steps(true, of(events).steps);
    }

    static Steps thenThrows(Throwable thrown, Event... events) {
      List<Step> steps = new ArrayList<>(of(events).steps);
      steps.add(() -> {
        switch (thrown) {
          case UpstreamFailure e -> throw e;
          case RuntimeException e -> throw e;
          case Error e -> throw e;
          default -> throw new AssertionError(thrown);
        }
      });
      return new Steps(false, steps);
    }

    @Override
    public Event next() throws UpstreamFailure {
      if (closed.getCount() == 0) {
        throw new StreamClosed();
      }
      if (at < steps.size()) {
        return steps.get(at++).take();
      }
      if (!blocks) {
        return null;
      }
      blocked.countDown();
      try {
        closed.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      throw new StreamClosed();
    }

    @Override
    public boolean ready() {
      return at < steps.size();
    }

    @Override
    public void close() {
      closes.incrementAndGet();
      closed.countDown();
    }
  }

  static Event text(String text) {
    return new Event.TextDelta(text);
  }

  static Entry<Backend> entry(String id, Backend backend) {
    return new Entry<>(Family.BACKEND, id, "kind-" + id, 0, backend);
  }

  static LiveBackend live(String id, Backend backend, int maxActive) {
    return new LiveBackend(entry(id, backend), List.of(id + "-"), id + "-default", maxActive);
  }

  final Entry<Frontend> frontend = new Entry<>(Family.FRONTEND, "front", "front", 0, new Front());

  /** Publishes a snapshot with backends and stages. */
  World publish(Stages stages, LiveBackend... backends) {
    LinkedHashMap<String, LiveBackend> byId = new LinkedHashMap<>();
    for (LiveBackend backend : backends) {
      byId.put(backend.id(), backend);
    }
    List<Entry<Feature>> features = List.copyOf(stages.entries());
    current.set(
        new Snapshot(
            current.get().generation() + 1,
            Instant.EPOCH,
            new RouteTable(List.of(new RouteTable.Route(Claim.of("POST", "/chat"), frontend))),
            byId,
            stages,
            features,
            null));
    return this;
  }

  World publish(LiveBackend... backends) {
    return publish(Stages.NONE, backends);
  }

  World defaultRoute(String route) {
    Snapshot s = current.get();
    current.set(
        new Snapshot(
            s.generation(),
            s.published(),
            s.routes(),
            s.backends(),
            s.stages(),
            s.features(),
            route));
    return this;
  }

  PinnedExchange admit() {
    return admit(Headers.NONE);
  }

  PinnedExchange admit(Headers headers) {
    Admittance admittance = gateway.admit("POST", "/chat", headers, "t1");
    return ((Admittance.Admitted) admittance).exchange();
  }

  static Call call(String model) {
    return Call.builder("t1", new Dialect("test"))
        .model(model)
        .messages(List.of(Message.text(Role.USER, "hello")))
        .build();
  }

  static List<Event> all(EventStream stream) throws UpstreamFailure {
    List<Event> events = new ArrayList<>();
    for (Event event; (event = stream.next()) != null; ) {
      events.add(event);
    }
    return events;
  }

  static void await(CountDownLatch latch) {
    try {
      if (!latch.await(10, TimeUnit.SECONDS)) {
        throw new AssertionError("did not happen in 10 s");
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  static final Duration LONG = Duration.ofSeconds(10);
}
