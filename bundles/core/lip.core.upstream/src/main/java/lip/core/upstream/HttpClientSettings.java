package lip.core.upstream;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import lip.sdk.InvalidSettings;
import lip.sdk.settings.ByteSize;
import lip.sdk.settings.Range;
import lip.sdk.upstream.Timeouts;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The singleton {@code lip.http.client}: upstream connections of all backends. */
@ObjectClassDefinition(
    pid = "lip.http.client",
    name = "Upstream connections",
    description = "How all backends reach their providers: limits, pool, proxy, trust.")
public interface HttpClientSettings {
  @AttributeDefinition(
      defaultValue = "true",
      description = "Honour HTTP_PROXY, HTTPS_PROXY and NO_PROXY.")
  boolean trust_environment_proxy();

  @AttributeDefinition(defaultValue = "100", description = "Idle connections kept in all.")
  @Range(min = "1")
  int max_idle_conns();

  @AttributeDefinition(defaultValue = "64", description = "Idle connections kept per origin.")
  @Range(min = "1")
  int max_idle_conns_per_host();

  @AttributeDefinition(defaultValue = "90s", description = "When an idle connection is closed.")
  @Range(min = "0s", aboveMin = true)
  Duration idle_conn_timeout();

  @AttributeDefinition(
      defaultValue = "60s",
      description = "Request sent to headers of a streamed call; raise it for slow local models.")
  @Range(min = "0s", aboveMin = true)
  Duration response_header_timeout();

  @AttributeDefinition(
      defaultValue = "30s",
      description = "TCP connect, and a proxy's answer to CONNECT.")
  @Range(min = "0s", aboveMin = true)
  Duration dial_timeout();

  @AttributeDefinition(defaultValue = "30s", description = "Interval of TCP keep-alive.")
  @Range(min = "0s", aboveMin = true)
  Duration keep_alive();

  @AttributeDefinition(defaultValue = "10s", description = "TLS handshake.")
  @Range(min = "0s", aboveMin = true)
  Duration tls_handshake_timeout();

  @AttributeDefinition(
      defaultValue = "5m",
      description = "Silence inside an answer; there is no limit for the whole of it.")
  @Range(min = "0s", aboveMin = true)
  Duration stream_idle_timeout();

  @AttributeDefinition(
      defaultValue = "10m",
      description = "Request sent to headers where a backend is told not to stream.")
  @Range(min = "0s", aboveMin = true)
  Duration unstreamed_response_timeout();

  @AttributeDefinition(
      required = false,
      description =
          "Bytes of providers' answers held at once, all together: events and whole answers that"
              + " are still arriving, and answers collected for clients that do not stream; 64 KiB"
              + " of each are free; above it an answer fails with status 503; not set = an eighth"
              + " of the heap.")
  @Range(min = "1MiB", max = "64GiB")
  Optional<ByteSize> max_inflight_answer_bytes();

  @AttributeDefinition(
      required = false,
      description = "Proxy for all calls, http://host:port; wins over the environment.")
  Optional<String> proxy();

  @AttributeDefinition(
      required = false,
      description = "Hosts called directly: names (with sub-domains), addresses, CIDR blocks, *.")
  List<String> no_proxy();

  @AttributeDefinition(
      required = false,
      description = "PEM file of trust anchors beside those of the JDK.")
  Optional<String> ca_file();

  /**
   * The options of a client.
   *
   * @throws InvalidSettings for a proxy or a file that cannot be used
   */
  static UpstreamOptions options(HttpClientSettings settings) throws InvalidSettings {
    String proxy = settings.proxy().orElse("");
    String caFile = settings.ca_file().orElse("");
    if (!proxy.isEmpty()) {
      try {
        ProxySelection.server(proxy);
      } catch (IllegalArgumentException _) {
        // Its message could repeat the password.
        throw new InvalidSettings("proxy", "not the address of a proxy", "http://host:port");
      }
    }
    if (!caFile.isEmpty() && !Files.isReadable(Path.of(caFile))) {
      throw new InvalidSettings("ca.file", "cannot be read", "a PEM file of certificates");
    }
    return new UpstreamOptions(
        settings.trust_environment_proxy(),
        settings.max_idle_conns(),
        settings.max_idle_conns_per_host(),
        settings.idle_conn_timeout(),
        new Timeouts(
            settings.response_header_timeout(),
            settings.stream_idle_timeout(),
            settings.unstreamed_response_timeout()),
        settings.dial_timeout(),
        settings.keep_alive(),
        settings.tls_handshake_timeout(),
        proxy,
        settings.no_proxy(),
        caFile);
  }
}
