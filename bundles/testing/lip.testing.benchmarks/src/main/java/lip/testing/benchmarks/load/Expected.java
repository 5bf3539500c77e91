package lip.testing.benchmarks.load;

/** What an answer must hold to be counted as right. */
public enum Expected {
  /** The text of the upstream's JSON document. */
  TEXT,
  /**
   * All events of a stream, in their order, between what the dialect puts before and after them.
   */
  STREAM,
  /** The first event of a stream that goes on. */
  FIRST
}
