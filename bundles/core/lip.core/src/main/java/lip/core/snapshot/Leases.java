package lip.core.snapshot;

/** The switch that lets a test show what leases are for: with {@code lip.test.leases=off} nothing waits for running requests. */
final class Leases {
  static final boolean ENABLED = !"off".equals(System.getProperty("lip.test.leases"));

  private Leases() {}
}
