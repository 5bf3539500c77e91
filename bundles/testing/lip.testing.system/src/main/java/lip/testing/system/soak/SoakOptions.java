package lip.testing.system.soak;

/**
 * How a run is done.
 *
 * @param minutes how long, warm-up included
 * @param seed what changes and requests are drawn from
 * @param rate requests a second
 * @param changeEvery mean pause between two changes, seconds
 */
public record SoakOptions(double minutes, long seed, double rate, double changeEvery) {
  private static final double MINUTES = 60;
  private static final double RATE = 30;
  private static final double CHANGE_EVERY = 4;

  /** A run of a length with a seed, all else by default. */
  public static SoakOptions of(double minutes, long seed) {
    return new SoakOptions(minutes, seed, RATE, CHANGE_EVERY);
  }

  /**
   * Reads the command line.
   *
   * @throws IllegalArgumentException when it makes no sense
   */
  static SoakOptions parse(String... arguments) {
    double minutes = MINUTES;
    long seed = System.currentTimeMillis() & 0xFFFFFF;
    double rate = RATE;
    double every = CHANGE_EVERY;
    for (int i = 0; i < arguments.length; i++) {
      switch (arguments[i]) {
        case "--seed" -> seed = (long) number(arguments, ++i);
        case "--rate" -> rate = number(arguments, ++i);
        case "--change-every" -> every = number(arguments, ++i);
        default -> minutes = number(arguments, i);
      }
    }
    if (minutes < 1 || rate <= 0 || every <= 0) {
      throw new IllegalArgumentException("at least one minute, and rates above 0");
    }
    return new SoakOptions(minutes, seed, rate, every);
  }

  private static double number(String[] arguments, int at) {
    if (at == arguments.length) {
      throw new IllegalArgumentException("a number is missing behind " + arguments[at - 1]);
    }
    try {
      return Double.parseDouble(arguments[at]);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "not a number: "
              + arguments[at]
              + "; usage: [MINUTES] [--seed N] [--rate N]"
              + " [--change-every SECONDS]",
          e);
    }
  }
}
