package lip.sdk.feature;

/** A handler at a stage. Stages that come later add records implementing {@link Other}. */
public sealed interface Contribution {
  /** The stage. */
  StageId stage();

  /** What happens when the handler fails or departs. */
  FailurePolicy failure();

  /**
   * A handler of the whole call: secret_guard, submit_request, tool_catalog_filter or
   * request_wide_shaping.
   *
   * @param stage one of these four
   * @param failure policy
   * @param handler handler
   */
  record OnCall(StageId stage, FailurePolicy failure, CallStage handler) implements Contribution {}

  /**
   * Admission.
   *
   * @param failure policy
   * @param handler handler
   */
  record Admit(FailurePolicy failure, Admission handler) implements Contribution {
    @Override
    public StageId stage() {
      return StageId.PRE_REQUEST_ADMISSION;
    }
  }

  /**
   * Preferences among candidates; always fail open.
   *
   * @param handler handler
   */
  record Hint(RouteHint handler) implements Contribution {
    @Override
    public StageId stage() {
      return StageId.ROUTE_HINTING;
    }

    @Override
    public FailurePolicy failure() {
      return FailurePolicy.FAIL_OPEN;
    }
  }

  /**
   * A handler of each attempt's copy.
   *
   * @param failure policy
   * @param handler handler
   */
  record OnAttempt(FailurePolicy failure, AttemptStage handler) implements Contribution {
    @Override
    public StageId stage() {
      return StageId.ATTEMPT_LIFECYCLE;
    }
  }

  /**
   * A handler of events.
   *
   * @param stage tool_event_reaction (gets tool-call events only) or stream_event_mutation (gets
   *     the others)
   * @param failure policy
   * @param handler handler
   */
  record OnStream(StageId stage, FailurePolicy failure, StreamStage handler)
      implements Contribution {}

  /**
   * Contributions added later implement this one; a core that does not know them refuses the
   * instance.
   */
  non-sealed interface Other extends Contribution {
    /** Name of the case. */
    String type();
  }
}
