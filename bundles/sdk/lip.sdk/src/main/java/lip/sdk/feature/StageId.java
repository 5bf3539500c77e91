package lip.sdk.feature;

import static lip.sdk.feature.FailurePolicy.FAIL_CLOSED;
import static lip.sdk.feature.FailurePolicy.FAIL_OPEN;

import java.util.List;

/**
 * A legal stage.
 *
 * @param id name in logs and inventory
 * @param failure policy of handlers that declare none
 */
public record StageId(String id, FailurePolicy failure) {
  /** Who is it, before the body is read. */
  public static final StageId TRANSPORT_AUTHENTICATION =
      new StageId("transport_authentication", FAIL_CLOSED);

  /** The session view opens. */
  public static final StageId SESSION_OPEN = new StageId("session_open", FAIL_OPEN);

  /** The decoded call, before anything is recorded. */
  public static final StageId SECRET_GUARD = new StageId("secret_guard", FAIL_CLOSED);

  /** May reject or change the call. */
  public static final StageId SUBMIT_REQUEST = new StageId("submit_request", FAIL_OPEN);

  /** The tools offered to the model. */
  public static final StageId TOOL_CATALOG_FILTER = new StageId("tool_catalog_filter", FAIL_OPEN);

  /** The whole call, once. */
  public static final StageId REQUEST_WIDE_SHAPING = new StageId("request_wide_shaping", FAIL_OPEN);

  /** Allow, deny or answer locally. */
  public static final StageId PRE_REQUEST_ADMISSION =
      new StageId("pre_request_admission", FAIL_CLOSED);

  /** Reorders candidates, never adds. */
  public static final StageId ROUTE_HINTING = new StageId("route_hinting", FAIL_OPEN);

  /** Each attempt's own copy of the call. */
  public static final StageId ATTEMPT_LIFECYCLE = new StageId("attempt_lifecycle", FAIL_OPEN);

  /** Tool-call events. */
  public static final StageId TOOL_EVENT_REACTION = new StageId("tool_event_reaction", FAIL_OPEN);

  /** Every other event. */
  public static final StageId STREAM_EVENT_MUTATION =
      new StageId("stream_event_mutation", FAIL_OPEN);

  /** May hold the completion and replace it. */
  public static final StageId COMPLETION_GATING = new StageId("completion_gating", FAIL_OPEN);

  /** Watches the four legs. */
  public static final StageId TRAFFIC_OBSERVATION = new StageId("traffic_observation", FAIL_OPEN);

  /** The frontend's encoder; no plugin handlers. */
  public static final StageId EGRESS_ENCODING = new StageId("egress_encoding", FAIL_CLOSED);

  /** All stages in the order in which they run and are shown. */
  public static final List<StageId> ALL =
      List.of(
          TRANSPORT_AUTHENTICATION,
          SESSION_OPEN,
          SECRET_GUARD,
          SUBMIT_REQUEST,
          TOOL_CATALOG_FILTER,
          REQUEST_WIDE_SHAPING,
          PRE_REQUEST_ADMISSION,
          ROUTE_HINTING,
          ATTEMPT_LIFECYCLE,
          TOOL_EVENT_REACTION,
          STREAM_EVENT_MUTATION,
          COMPLETION_GATING,
          TRAFFIC_OBSERVATION,
          EGRESS_ENCODING);
}
