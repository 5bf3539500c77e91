package lip.core.http;

/**
 * Where the data listener tells how it fares.
 *
 * @param health alive
 * @param ready able to serve
 */
record HealthPaths(String health, String ready) {
  static final HealthPaths DEFAULT = new HealthPaths("/healthz", "/readyz");
}
