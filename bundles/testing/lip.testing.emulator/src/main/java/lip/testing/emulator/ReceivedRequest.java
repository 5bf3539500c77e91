package lip.testing.emulator;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** A request as it came over the wire. */
public final class ReceivedRequest {
  private final String method;
  private final String target;
  private final List<Header> headers;
  private final byte[] body;

  ReceivedRequest(String method, String target, List<Header> headers, byte[] body) {
    this.method = method;
    this.target = target;
    this.headers = List.copyOf(headers);
    this.body = body;
  }

  /** Such as {@code POST}. */
  public String method() {
    return method;
  }

  /** Path and query as sent. */
  public String target() {
    return target;
  }

  /** Path without query. */
  public String path() {
    int query = target.indexOf('?');
    return query < 0 ? target : target.substring(0, query);
  }

  /** All fields in order. */
  public List<Header> headers() {
    return headers;
  }

  /** First value of a field, whatever its case. */
  public Optional<String> header(String name) {
    return headers.stream()
        .filter(header -> header.name().equalsIgnoreCase(name))
        .map(Header::value)
        .findFirst();
  }

  /** The exact bytes of the body, without transfer framing. */
  public byte[] body() {
    return body.clone();
  }

  /** The body as text. */
  public String bodyText() {
    return new String(body, StandardCharsets.UTF_8);
  }

  /** Without header values and body: they may be secret. */
  @Override
  public String toString() {
    return method + " " + path() + " (" + body.length + " bytes)";
  }
}
