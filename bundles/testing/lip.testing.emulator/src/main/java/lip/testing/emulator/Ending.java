package lip.testing.emulator;

/** How the playing of an answer ended. Closed by nature. */
public enum Ending {
  /** It is still going on. */
  RUNNING,
  /** The whole answer was written. */
  COMPLETE,
  /** The script cut it off, or the emulator was closed. */
  CUT,
  /** The client closed the connection before. */
  CLIENT_GONE
}
