package lip.core.upstream;

import org.jspecify.annotations.Nullable;

/**
 * A proxy to go through.
 *
 * @param host name or address
 * @param port port
 * @param authorization value of {@code Proxy-Authorization}; null = none. Secret
 */
record ProxyServer(String host, int port, @Nullable String authorization) {
  /** Without the credentials. */
  @Override
  public String toString() {
    return host + ":" + port;
  }
}
