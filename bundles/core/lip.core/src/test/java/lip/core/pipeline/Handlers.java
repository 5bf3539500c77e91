package lip.core.pipeline;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import lip.api.Dialect;
import lip.api.call.Call;
import lip.api.message.Message;
import lip.api.message.Role;
import lip.core.snapshot.Entry;
import lip.core.snapshot.Family;
import lip.core.snapshot.LiveHandler;
import lip.core.snapshot.Stages;
import lip.sdk.feature.Admission;
import lip.sdk.feature.AttemptStage;
import lip.sdk.feature.CallStage;
import lip.sdk.feature.FailurePolicy;
import lip.sdk.feature.Feature;
import lip.sdk.feature.RouteHint;
import lip.sdk.feature.StageId;
import lip.sdk.feature.StreamStage;

/** Stages made of lambdas. */
public final class Handlers {
  /** A clock that stands still. */
  public static final Clock CLOCK = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);

  private Handlers() {}

  /** A feature instance. */
  public static Entry<Feature> feature(String id) {
    return new Entry<>(Family.FEATURE, id, id, 0, List::of);
  }

  /** A handler. */
  public static <H> LiveHandler<H> live(StageId stage, FailurePolicy policy, H handler) {
    return new LiveHandler<>(feature("feature"), stage, policy, handler);
  }

  /** Stages. */
  @SafeVarargs
  public static Stages calls(LiveHandler<CallStage>... handlers) {
    return new Stages(List.of(handlers), List.of(), List.of(), List.of(), List.of());
  }

  /** Stages. */
  @SafeVarargs
  public static Stages admissions(LiveHandler<Admission>... handlers) {
    return new Stages(List.of(), List.of(handlers), List.of(), List.of(), List.of());
  }

  /** Stages. */
  @SafeVarargs
  public static Stages hints(LiveHandler<RouteHint>... handlers) {
    return new Stages(List.of(), List.of(), List.of(handlers), List.of(), List.of());
  }

  /** Stages. */
  @SafeVarargs
  public static Stages attempts(LiveHandler<AttemptStage>... handlers) {
    return new Stages(List.of(), List.of(), List.of(), List.of(handlers), List.of());
  }

  /** Stages. */
  @SafeVarargs
  public static Stages streams(LiveHandler<StreamStage>... handlers) {
    return new Stages(List.of(), List.of(), List.of(), List.of(), List.of(handlers));
  }

  /** A call. */
  public static Call call() {
    return Call.builder("t1", new Dialect("test"))
        .messages(List.of(Message.text(Role.USER, "hello")))
        .build();
  }

  /** A context. */
  public static CallScope scope() {
    return new CallScope("t1", "front", "a_1", CLOCK, prefix -> prefix + "0");
  }

  /** A context. */
  public static AttemptScope attempt() {
    return new AttemptScope(scope(), "b_1", 1, "stub", "m");
  }
}
