package lip.api.failure;

/**
 * What went wrong, in the words all protocols share; each frontend has a row for each constant.
 *
 * @param id stable lower-case name
 * @param httpStatus status where no upstream status says better
 */
public record FailureClass(String id, int httpStatus) {
  /** The request makes no sense. */
  public static final FailureClass INVALID_REQUEST = new FailureClass("invalid_request", 400);

  /** The request needs what no candidate can do. */
  public static final FailureClass UNSUPPORTED = new FailureClass("unsupported", 400);

  /** The prompt is longer than the model's context. */
  public static final FailureClass CONTEXT_TOO_LONG = new FailureClass("context_too_long", 400);

  /** The body has too many bytes. */
  public static final FailureClass TOO_LARGE = new FailureClass("too_large", 413);

  /** The body is in a coding or type we cannot read. */
  public static final FailureClass UNSUPPORTED_MEDIA = new FailureClass("unsupported_media", 415);

  /** The client's own key is missing or wrong. */
  public static final FailureClass UNAUTHENTICATED = new FailureClass("unauthenticated", 401);

  /** The client may not do this. */
  public static final FailureClass FORBIDDEN = new FailureClass("forbidden", 403);

  /** Money or quota is used up. */
  public static final FailureClass QUOTA = new FailureClass("quota", 429);

  /** Unknown model, id or path. */
  public static final FailureClass NOT_FOUND = new FailureClass("not_found", 404);

  /** The path exists, not for this method. */
  public static final FailureClass METHOD_NOT_ALLOWED = new FailureClass("method_not_allowed", 405);

  /** State does not fit the request. */
  public static final FailureClass CONFLICT = new FailureClass("conflict", 409);

  /** Too many requests; see retry-after. */
  public static final FailureClass RATE_LIMITED = new FailureClass("rate_limited", 429);

  /** The provider has no capacity. */
  public static final FailureClass OVERLOADED = new FailureClass("overloaded", 503);

  /** Nothing serves this request now: no backend, a departing plugin, shutdown. */
  public static final FailureClass UNAVAILABLE = new FailureClass("unavailable", 503);

  /** A limit of time was passed. */
  public static final FailureClass TIMEOUT = new FailureClass("timeout", 504);

  /** The provider refused our own key; never shown as 401, clients would start a login. */
  public static final FailureClass UPSTREAM_AUTH = new FailureClass("upstream_auth", 502);

  /** The provider could not be reached, broke off, or spoke nonsense. */
  public static final FailureClass UPSTREAM = new FailureClass("upstream", 502);

  /** Our own defect; the client learns no detail. */
  public static final FailureClass INTERNAL = new FailureClass("internal", 500);

  /** Somebody ended the request: the client, a lost race, a drain. */
  public static final FailureClass CANCELLED = new FailureClass("cancelled", 499);
}
