package lip.core.upstream;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import lip.sdk.http.Headers;
import lip.sdk.upstream.Request;

/**
 * A request as it goes over the wire: head and body in one array, so that it leaves with one write;
 * the rest of a large body follows from where it lies.
 */
final class RequestBytes {
  private static final int SLICE = 64 * 1024;

  /** Fields about this connection: the client's own business. */
  private static final Set<String> OWN =
      Set.of(
          "host",
          "content-length",
          "transfer-encoding",
          "connection",
          "keep-alive",
          "proxy-connection",
          "proxy-authorization",
          "te",
          "trailer",
          "upgrade",
          "expect");

  /** Called between writes. */
  interface Progress {
    void moved();
  }

  private final byte[] first;
  private final byte[] body;
  private final int bodyInFirst;

  private RequestBytes(byte[] first, byte[] body, int bodyInFirst) {
    this.first = first;
    this.body = body;
    this.bodyInFirst = bodyInFirst;
  }

  /**
   * Encodes a request.
   *
   * @throws IllegalArgumentException for a method, address or field that would break the message
   *     apart
   */
  static RequestBytes of(Request request, Origin origin) {
    StringBuilder head = new StringBuilder(512);
    head.append(token(request.method())).append(' ').append(target(request.uri(), origin));
    head.append(" HTTP/1.1\r\n");
    field(head, "Host", origin.hostField());
    for (Headers.Field field : request.headers().fields()) {
      if (!OWN.contains(field.name().toLowerCase(Locale.ROOT))) {
        field(head, field.name(), field.value());
      }
    }
    ProxyServer proxy = origin.proxy();
    if (proxy != null && origin.isForwarded() && proxy.authorization() != null) {
      field(head, "Proxy-Authorization", proxy.authorization());
    }
    byte[] body = request.body();
    if (body.length > 0 || hasBody(request.method())) {
      field(head, "Content-Length", Integer.toString(body.length));
    }
    head.append("\r\n");
    return join(head.toString().getBytes(StandardCharsets.ISO_8859_1), body);
  }

  /** The request for a tunnel. */
  static RequestBytes connect(Origin origin, ProxyServer proxy) {
    StringBuilder head = new StringBuilder(128);
    head.append("CONNECT ").append(origin.authority()).append(" HTTP/1.1\r\n");
    field(head, "Host", origin.authority());
    if (proxy.authorization() != null) {
      field(head, "Proxy-Authorization", proxy.authorization());
    }
    head.append("\r\n");
    return join(head.toString().getBytes(StandardCharsets.ISO_8859_1), new byte[0]);
  }

  private static RequestBytes join(byte[] head, byte[] body) {
    int part = Math.min(body.length, Math.max(0, SLICE - head.length));
    byte[] first = new byte[head.length + part];
    System.arraycopy(head, 0, first, 0, head.length);
    System.arraycopy(body, 0, first, head.length, part);
    return new RequestBytes(first, body, part);
  }

  private static boolean hasBody(String method) {
    return method.equals("POST") || method.equals("PUT") || method.equals("PATCH");
  }

  private static String token(String method) {
    if (method.isEmpty() || !method.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
      throw new IllegalArgumentException("a method with an illegal character");
    }
    return method;
  }

  private static String target(URI uri, Origin origin) {
    if (uri.getRawUserInfo() != null) {
      throw new IllegalArgumentException("an address with user info");
    }
    String text = uri.toASCIIString();
    URI ascii = text.equals(uri.toString()) ? uri : URI.create(text);
    StringBuilder target = new StringBuilder(128);
    if (origin.isForwarded()) {
      target.append("http://").append(origin.hostField());
    }
    String path = ascii.getRawPath();
    target.append(path == null || path.isEmpty() ? "/" : path);
    if (ascii.getRawQuery() != null) {
      target.append('?').append(ascii.getRawQuery());
    }
    return target.toString();
  }

  private static void field(StringBuilder head, String name, String value) {
    // The header type refuses this too; a line break here would be a second request.
    if (value.indexOf('\r') >= 0 || value.indexOf('\n') >= 0) {
      throw new IllegalArgumentException("a header field with a line break");
    }
    head.append(name).append(": ").append(value).append("\r\n");
  }

  /** Sends all of it. */
  void send(Connection connection, Progress progress) throws IOException {
    connection.write(first, 0, first.length);
    for (int sent = bodyInFirst; sent < body.length; sent += SLICE) {
      progress.moved();
      connection.write(body, sent, Math.min(SLICE, body.length - sent));
    }
    progress.moved();
  }
}
