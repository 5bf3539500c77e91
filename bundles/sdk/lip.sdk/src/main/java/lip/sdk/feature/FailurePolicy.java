package lip.sdk.feature;

/** What happens to a request when a handler fails or departs. Closed by nature. */
public enum FailurePolicy {
  /** The request goes on without the handler; nothing it did in the failed call remains. */
  FAIL_OPEN,
  /** The request ends with an error. */
  FAIL_CLOSED
}
