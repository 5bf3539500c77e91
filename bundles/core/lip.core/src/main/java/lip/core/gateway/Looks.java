package lip.core.gateway;

/**
 * How far apart the looks at all exchanges are. Each costs a cache miss or two, so with thousands
 * of exchanges they come later, and a limit is found out that much late.
 */
public final class Looks {
  /** As many times further apart at most. */
  public static final int SLOWEST = 4;

  private static final int MANY = 1_500;

  private Looks() {}

  /**
   * The time until the next look.
   *
   * @param tick time between two looks at few exchanges
   * @param exchanges how many there are
   */
  public static long apart(long tick, int exchanges) {
    return tick * Math.min(1 + exchanges / MANY, SLOWEST);
  }
}
