package lip.support.sse;

/** A record, or a line that never ends, is larger than the reader's limit. The stream cannot be read any further. */
public final class RecordTooLarge extends Exception {
  private static final long serialVersionUID = 1L;

  private final int limit;

  RecordTooLarge(int limit) {
    super("an event is larger than the limit of " + limit + " bytes");
    this.limit = limit;
  }

  /** The limit in bytes. */
  public int limit() {
    return limit;
  }
}
