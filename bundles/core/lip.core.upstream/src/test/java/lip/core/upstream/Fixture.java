package lip.core.upstream;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import lip.api.failure.UpstreamFailure;
import lip.sdk.http.Headers;
import lip.sdk.upstream.Reply;
import lip.sdk.upstream.Request;
import lip.sdk.upstream.Timeouts;

/** What the tests of this package share. */
final class Fixture {
  static final Timeouts LONG =
      new Timeouts(Duration.ofSeconds(20), Duration.ofSeconds(20), Duration.ofSeconds(20));

  private Fixture() {}

  static UpstreamOptions options(int idle, int perHost, Duration idleTime) {
    return new UpstreamOptions(
        false,
        idle,
        perHost,
        idleTime,
        Timeouts.DEFAULT,
        Duration.ofSeconds(10),
        Duration.ofSeconds(30),
        Duration.ofSeconds(10),
        "",
        List.of(),
        "");
  }

  static UpstreamOptions plain() {
    return options(100, 64, Duration.ofSeconds(90));
  }

  static UpstreamOptions trusting(String caFile, Duration handshake) {
    return new UpstreamOptions(
        false,
        100,
        64,
        Duration.ofSeconds(90),
        Timeouts.DEFAULT,
        Duration.ofSeconds(10),
        Duration.ofSeconds(30),
        handshake,
        "",
        List.of(),
        caFile);
  }

  static UpstreamOptions proxied(String proxy, List<String> noProxy, String caFile) {
    return new UpstreamOptions(
        true,
        100,
        64,
        Duration.ofSeconds(90),
        Timeouts.DEFAULT,
        Duration.ofSeconds(10),
        Duration.ofSeconds(30),
        Duration.ofSeconds(10),
        proxy,
        noProxy,
        caFile);
  }

  static UpstreamClient client() {
    return client(plain());
  }

  static UpstreamClient client(UpstreamOptions options) {
    return new UpstreamClient(new AtomicReference<>(options)::get, Map.of());
  }

  static Request post(URI uri) {
    return post(uri, LONG);
  }

  static Request post(URI uri, Timeouts timeouts) {
    return Request.post(uri, Headers.NONE, "{\"a\":1}".getBytes(StandardCharsets.UTF_8), timeouts);
  }

  static Request get(URI uri) {
    return Request.get(uri, Headers.NONE, LONG);
  }

  static String text(Reply reply) throws UpstreamFailure {
    return new String(reply.readAll(1 << 20), StandardCharsets.UTF_8);
  }

  static String fetch(UpstreamClient client, URI uri) throws UpstreamFailure {
    try (Reply reply = client.send(post(uri))) {
      return text(reply);
    }
  }

  static String read(Reply reply) throws UpstreamFailure {
    byte[] buffer = new byte[8192];
    int read = reply.read(buffer, 0, buffer.length);
    return read < 0 ? "<end>" : new String(buffer, 0, read, StandardCharsets.ISO_8859_1);
  }

  static String readNow(Reply reply) throws UpstreamFailure {
    byte[] buffer = new byte[8192];
    int read = reply.readNow(buffer, 0, buffer.length);
    return read < 0 ? "<end>" : new String(buffer, 0, read, StandardCharsets.ISO_8859_1);
  }

  /** Reads until the fault that must come. */
  static UpstreamFailure faultOf(Reply reply) {
    ByteArrayOutputStream seen = new ByteArrayOutputStream();
    byte[] buffer = new byte[512];
    try {
      for (int n = reply.read(buffer, 0, 512); n >= 0; n = reply.read(buffer, 0, 512)) {
        seen.write(buffer, 0, n);
      }
    } catch (UpstreamFailure e) {
      return e;
    }
    throw new AssertionError("no fault, but: " + seen.toString(StandardCharsets.ISO_8859_1));
  }
}
