package lip.testing.benchmarks.upstream;

/** How the upstream answers; each has a port of its own. */
public enum Mode {
  /** One JSON document of 2 KB. */
  UNARY,
  /** {@link #EVENTS} events, each sent by a call of its own, as fast as they go. */
  BURST,
  /** {@link #EVENTS} events, one every 20 ms; streams are staggered. */
  PACED,
  /** {@link #EVENTS} events in one piece. */
  BULK,
  /** One event, then silence. */
  SILENT;

  /** Events of a stream. */
  public static final int EVENTS = 200;

  /**
   * The text of the answer of {@link #UNARY} as it stands in JSON; whoever relays it keeps it as it
   * is.
   */
  public static final String TEXT = "lorem ipsum dolor sit amet \\n".repeat(58);

  /** How it is called in options and in the names of instances. */
  public String word() {
    return switch (this) {
      case UNARY -> "unary";
      case BURST -> "burst";
      case PACED -> "paced";
      case BULK -> "bulk";
      case SILENT -> "silent";
    };
  }
}
