package lip.core.snapshot;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import lip.sdk.feature.Admission;
import lip.sdk.feature.AttemptStage;
import lip.sdk.feature.CallStage;
import lip.sdk.feature.Feature;
import lip.sdk.feature.RouteHint;
import lip.sdk.feature.StreamStage;

/**
 * All handlers of a snapshot, each list in the order in which it runs: stage, then (order, kind, instance id).
 *
 * @param onCall secret_guard, submit_request, tool_catalog_filter, request_wide_shaping
 * @param admissions pre_request_admission
 * @param hints route_hinting
 * @param onAttempt attempt_lifecycle
 * @param onStream tool_event_reaction, stream_event_mutation
 */
public record Stages(
    List<LiveHandler<CallStage>> onCall,
    List<LiveHandler<Admission>> admissions,
    List<LiveHandler<RouteHint>> hints,
    List<LiveHandler<AttemptStage>> onAttempt,
    List<LiveHandler<StreamStage>> onStream) {
  /** No handler. */
  public static final Stages NONE =
      new Stages(List.of(), List.of(), List.of(), List.of(), List.of());

  /** Copies. */
  public Stages {
    onCall = List.copyOf(onCall);
    admissions = List.copyOf(admissions);
    hints = List.copyOf(hints);
    onAttempt = List.copyOf(onAttempt);
    onStream = List.copyOf(onStream);
  }

  /** The feature instances behind the handlers, each once: what a request leases. */
  public Set<Entry<Feature>> entries() {
    Set<Entry<Feature>> entries = new LinkedHashSet<>();
    onCall.forEach(handler -> entries.add(handler.entry()));
    admissions.forEach(handler -> entries.add(handler.entry()));
    hints.forEach(handler -> entries.add(handler.entry()));
    onAttempt.forEach(handler -> entries.add(handler.entry()));
    onStream.forEach(handler -> entries.add(handler.entry()));
    return entries;
  }
}
