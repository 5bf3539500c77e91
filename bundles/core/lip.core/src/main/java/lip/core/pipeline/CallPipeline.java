package lip.core.pipeline;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import lip.api.call.Call;
import lip.api.event.EventStream;
import lip.api.failure.Rejected;
import lip.core.routing.Candidate;
import lip.core.snapshot.Entry;
import lip.core.snapshot.LiveHandler;
import lip.core.snapshot.Stages;
import lip.sdk.feature.Admission;
import lip.sdk.feature.Admission.Decision;
import lip.sdk.feature.AttemptContext;
import lip.sdk.feature.AttemptStage;
import lip.sdk.feature.CallContext;
import lip.sdk.feature.CallStage;
import lip.sdk.feature.FailurePolicy;
import lip.sdk.feature.Feature;
import lip.sdk.feature.RouteHint;
import org.jspecify.annotations.Nullable;

/**
 * The stages before a backend is asked. Calls are immutable, so a handler that fails leaves nothing
 * behind: the next one gets what it got.
 */
public final class CallPipeline {
  private final Blame blame;

  /** With the place where errors of plugins are told. */
  public CallPipeline(Blame blame) {
    this.blame = blame;
  }

  /**
   * An answer of an admission handler with the instance that made it. The decision itself is not
   * passed on: this bundle never resolves its type when there is no handler, and a compiler that
   * does not know the type of a field takes it for null, so that the compiled call would be thrown
   * away each time it runs.
   *
   * @param events a whole legal answer
   * @param by the instance
   */
  public record Answered(EventStream events, Entry<Feature> by) {}

  /**
   * Runs secret_guard to request_wide_shaping.
   *
   * @throws Rejected when a handler refuses, or fails closed
   */
  public Call onCall(Stages stages, Call call, CallContext context) throws Rejected {
    Call current = call;
    for (LiveHandler<CallStage> handler : stages.onCall()) {
      if (skipped(handler)) {
        continue;
      }
      handler.entry().called();
      try {
        Call changed = handler.handler().on(current, context);
        String problem = problem(current, changed);
        if (problem == null) {
          current = changed;
        } else {
          failed(handler, context, new PluginFault(problem));
        }
      } catch (Rejected e) {
        throw e;
      } catch (Throwable e) {
        failed(handler, context, e);
      }
    }
    return current;
  }

  /**
   * Runs pre_request_admission; the first answer or denial ends it.
   *
   * @return null = allowed
   * @throws Rejected when a handler denies, or fails closed
   */
  public @Nullable Answered admit(Stages stages, Call call, CallContext context) throws Rejected {
    for (LiveHandler<Admission> handler : stages.admissions()) {
      if (skipped(handler)) {
        continue;
      }
      handler.entry().called();
      Decision decision;
      try {
        decision = handler.handler().on(call, context);
      } catch (Throwable e) {
        failed(handler, context, e);
        continue;
      }
      if (decision instanceof Decision.Deny(var failure) && failure != null) {
        throw new Rejected(failure);
      }
      if (decision instanceof Decision.Answer(var events) && events != null) {
        return new Answered(events, handler.entry());
      }
      if (!(decision instanceof Decision.Allow)) {
        failed(handler, context, new PluginFault("gave no decision"));
      }
    }
    return null;
  }

  /** Runs route_hinting: what a handler prefers comes first, the earlier handler first. */
  public List<Candidate> reorder(
      Stages stages, List<Candidate> candidates, Call call, CallContext context) {
    if (stages.hints().isEmpty() || candidates.size() < 2) {
      return candidates;
    }
    Set<Candidate> ordered = new LinkedHashSet<>();
    for (LiveHandler<RouteHint> handler : stages.hints()) {
      if (handler.entry().revoked()) {
        continue;
      }
      handler.entry().called();
      try {
        // Copied while it is still the plugin's call: its list may be anything.
        for (String preferred : List.copyOf(handler.handler().prefer(call, context))) {
          for (Candidate candidate : candidates) {
            if (candidate.backendId().equals(preferred)) {
              ordered.add(candidate);
            }
          }
        }
      } catch (Throwable e) {
        blame.on(handler.entry(), handler.stage().id(), context.traceId(), e);
      }
    }
    ordered.addAll(candidates);
    return new ArrayList<>(ordered);
  }

  /**
   * Runs attempt_lifecycle on the attempt's copy.
   *
   * @throws Rejected when a handler does not want this candidate
   * @throws Closed when a handler fails closed: then no other candidate is tried
   */
  public Call onAttempt(Stages stages, Call call, AttemptContext context) throws Rejected, Closed {
    Call current = call;
    for (LiveHandler<AttemptStage> handler : stages.onAttempt()) {
      try {
        if (skipped(handler)) {
          continue;
        }
      } catch (Rejected e) {
        throw new Closed(e);
      }
      handler.entry().called();
      Throwable thrown;
      try {
        Call changed = handler.handler().on(current, context);
        String problem = problem(current, changed);
        if (problem == null && !Objects.equals(current.model(), changed.model())) {
          problem = "changed the model of an attempt";
        }
        if (problem == null) {
          current = changed;
          continue;
        }
        thrown = new PluginFault(problem);
      } catch (Rejected e) {
        throw e;
      } catch (Throwable e) {
        thrown = e;
      }
      try {
        failed(handler, context, thrown);
      } catch (Rejected e) {
        throw new Closed(e);
      }
    }
    return current;
  }

  /** A handler of an attempt failed closed. */
  public static final class Closed extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Rejected refusal;

    private Closed(Rejected refusal) {
      super(refusal);
      this.refusal = refusal;
    }

    /** What the client is told. */
    public Rejected refusal() {
      return refusal;
    }
  }

  private static boolean skipped(LiveHandler<?> handler) throws Rejected {
    if (!handler.entry().revoked()) {
      return false;
    }
    if (handler.failure() == FailurePolicy.FAIL_CLOSED) {
      throw new Rejected(Faults.departed(handler));
    }
    return true;
  }

  private void failed(LiveHandler<?> handler, CallContext context, Throwable thrown)
      throws Rejected {
    blame.on(handler.entry(), handler.stage().id(), context.traceId(), thrown);
    if (handler.failure() == FailurePolicy.FAIL_CLOSED) {
      throw new Rejected(Faults.broken(handler));
    }
  }

  /** What contradicts the contract in a handler's result; null = nothing. */
  private static @Nullable String problem(Call before, @Nullable Call after) {
    if (after == null) {
      return "gave no call back";
    }
    if (after == before) {
      return null;
    }
    return after.id().equals(before.id()) && after.dialect().equals(before.dialect())
        ? null
        : "gave another call back: id or dialect differ";
  }
}
