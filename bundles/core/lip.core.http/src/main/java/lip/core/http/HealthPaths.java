package lip.core.http;

/**
 * Where the data listener tells how it fares.
 *
 * @param health alive
 * @param ready able to serve
 */
public record HealthPaths(String health, String ready) {
  /** What holds until the settings are known. */
  public static final HealthPaths DEFAULT = new HealthPaths("/healthz", "/readyz");
}
