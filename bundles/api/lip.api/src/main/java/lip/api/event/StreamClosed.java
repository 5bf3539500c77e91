package lip.api.event;

/**
 * The reader asked for an event after somebody closed the stream, or was blocked while it was
 * closed. No failure to report.
 */
public class StreamClosed extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** With nothing to add. */
  public StreamClosed() {
    super("the stream was closed");
  }

  /** With the exception that ended the read. */
  public StreamClosed(Throwable cause) {
    super("the stream was closed", cause);
  }
}
