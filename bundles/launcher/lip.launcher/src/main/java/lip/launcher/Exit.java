package lip.launcher;

/** Exit codes, as documented for {@code bin/lip}. */
final class Exit {
  static final int DONE = 0;
  static final int FAILED = 1;
  static final int USAGE = 2;

  /** The configuration was refused. */
  static final int CONFIGURATION = 78;

  /** Added to the number of the signal that killed the process. */
  static final int SIGNAL = 128;

  private Exit() {}
}
