package lip.sdk;

/**
 * Something a plugin may do beyond its usual task; shown to operators.
 *
 * @param id lower-case name
 */
public record Privilege(String id) {
  /** Opens connections to providers. */
  public static final Privilege UPSTREAM = new Privilege("upstream");

  /** Sees the bytes of requests and answers. */
  public static final Privilege RAW_CAPTURE = new Privilege("raw_capture");

  /** Makes calls of its own. */
  public static final Privilege AUXILIARY_REQUESTS = new Privilege("auxiliary_requests");

  /** Holds and replaces completions. */
  public static final Privilege COMPLETION_GATE = new Privilege("completion_gate");

  /** Decides who a client is. */
  public static final Privilege AUTH_PROVIDER = new Privilege("auth_provider");

  /** Writes to disk or a database. */
  public static final Privilege STORAGE = new Privilege("storage");
}
