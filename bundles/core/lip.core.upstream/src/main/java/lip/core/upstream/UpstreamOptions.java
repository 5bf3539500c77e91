package lip.core.upstream;

import java.time.Duration;
import java.util.List;
import lip.sdk.upstream.Timeouts;

/**
 * All settings of {@code lip.http.client}.
 *
 * @param trustEnvironmentProxy whether HTTP_PROXY, HTTPS_PROXY and NO_PROXY count
 * @param maxIdleConns idle connections kept in all
 * @param maxIdleConnsPerHost idle connections kept per origin
 * @param idleConnTimeout when an idle connection is closed
 * @param timeouts limits for requests that bring none of their own
 * @param dialTimeout TCP connect, and the answer of a proxy to CONNECT
 * @param keepAlive interval of TCP keep-alive
 * @param tlsHandshakeTimeout TLS
 * @param proxy explicit proxy, wins over the environment; empty = none. May hold credentials
 * @param noProxy hosts that are called directly
 * @param caFile PEM file of extra trust anchors; empty = none
 */
public record UpstreamOptions(
    boolean trustEnvironmentProxy,
    int maxIdleConns,
    int maxIdleConnsPerHost,
    Duration idleConnTimeout,
    Timeouts timeouts,
    Duration dialTimeout,
    Duration keepAlive,
    Duration tlsHandshakeTimeout,
    String proxy,
    List<String> noProxy,
    String caFile) {
  /** What holds without a file. */
  public static final UpstreamOptions DEFAULT =
      new UpstreamOptions(
          true,
          100,
          64,
          Duration.ofSeconds(90),
          Timeouts.DEFAULT,
          Duration.ofSeconds(30),
          Duration.ofSeconds(30),
          Duration.ofSeconds(10),
          "",
          List.of(),
          "");

  /** Checks and copies. */
  public UpstreamOptions {
    noProxy = List.copyOf(noProxy);
    if (maxIdleConns < 1 || maxIdleConnsPerHost < 1) {
      throw new IllegalArgumentException("at least one idle connection");
    }
    if (!idleConnTimeout.isPositive()
        || !dialTimeout.isPositive()
        || !keepAlive.isPositive()
        || !tlsHandshakeTimeout.isPositive()) {
      throw new IllegalArgumentException("limits of time are more than 0s");
    }
  }

  /** Without the proxy: it may hold a password. */
  @Override
  public String toString() {
    return "UpstreamOptions[maxIdleConns="
        + maxIdleConns
        + ", maxIdleConnsPerHost="
        + maxIdleConnsPerHost
        + ", timeouts="
        + timeouts
        + ", explicitProxy="
        + !proxy.isEmpty()
        + "]";
  }
}
