package lip.core.snapshot;

/**
 * The switch that lets a test show what leases are for. With {@code lip.test.leases=off} nothing
 * waits for running requests; with {@code unchecked} a lease is taken without the second look at
 * the mark, which the race tests must see.
 */
final class Leases {
  private static final String MODE = System.getProperty("lip.test.leases", "");

  static final boolean ENABLED = !MODE.equals("off");
  static final boolean CHECKED = !MODE.equals("unchecked");

  private Leases() {}
}
