package lip.core.http.listener;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import lip.sdk.settings.ByteSize;
import lip.sdk.settings.Range;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The keys of {@code lip.server}. */
@ObjectClassDefinition(
    pid = "lip.server",
    name = "Data listener",
    description = "Where clients connect, and the limits of their requests")
public interface ServerSettings {
  /** Where clients connect. */
  @AttributeDefinition(
      defaultValue = "127.0.0.1:8080",
      description = "where clients connect; port 0 = any free one")
  String address();

  /** Largest decoded body. */
  @AttributeDefinition(defaultValue = "32MiB", description = "larger bodies get status 413")
  @Range(min = "1KiB", max = "1GiB")
  ByteSize max_request_body_bytes();

  /** Bodies that are held at once. */
  @AttributeDefinition(
      required = false,
      description =
          "request bodies held at once, from their arrival until the answer begins; above it"
              + " requests get status 429; not less than max.request.body.bytes; not set = an"
              + " eighth of the heap, which then bounds a single body, too")
  @Range(min = "1KiB", max = "64GiB")
  Optional<ByteSize> max_inflight_decode_bytes();

  /** Largest raw body. */
  @AttributeDefinition(
      defaultValue = "512MiB",
      description = "raw relay uploads; streamed, never held")
  @Range(min = "1KiB", max = "16GiB")
  ByteSize max_raw_body_bytes();

  /** Limit for the headers. */
  @AttributeDefinition(
      defaultValue = "10s",
      description = "first byte of a request to the end of its headers")
  @Range(min = "0s", aboveMin = true)
  Duration read_header_timeout();

  /** Limit for the body. */
  @AttributeDefinition(
      defaultValue = "30s",
      description =
          "end of the headers to the end of a decoded body; for raw bodies the longest pause")
  @Range(min = "0s", aboveMin = true)
  Duration read_timeout();

  /** Limit for one write. */
  @AttributeDefinition(
      defaultValue = "120s",
      description = "one blocked write, never the whole answer")
  @Range(min = "0s", aboveMin = true)
  Duration write_timeout();

  /** Limit for resting connections. */
  @AttributeDefinition(defaultValue = "120s", description = "connection without a request")
  @Range(min = "0s", aboveMin = true)
  Duration idle_timeout();

  /** Drain limit. */
  @AttributeDefinition(
      defaultValue = "15s",
      description = "how long running answers may go on at a stop and when the listener moves")
  @Range(min = "0s", aboveMin = true)
  Duration shutdown_timeout();

  /** Silence before a keep-alive. */
  @AttributeDefinition(
      defaultValue = "12s",
      description = "silence of a stream after which it gets a comment")
  @Range(min = "1s", max = "5m")
  Duration keepalive_interval();

  /** Largest header. */
  @AttributeDefinition(
      defaultValue = "128KiB",
      description = "all header fields of a request together")
  @Range(min = "16KiB", max = "1MiB")
  ByteSize max_header_bytes();

  /** Web pages that may call. */
  @AttributeDefinition(
      required = false,
      description =
          "origins of web pages that may call, such as https://app.example, besides those of this"
              + " machine; applications and programs need none")
  List<String> allowed_origins();
}
