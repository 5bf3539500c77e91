package lip.testing.emulator;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads requests off a connection, strictly: RFC 9112, bodies by length or chunks. */
final class RequestReader {
  private static final int MAX_HEAD = 64 * 1024;
  private static final int MAX_BODY = 256 * 1024 * 1024;

  private final InputStream in;
  private final Continue goOn;

  /** Called when the client waits for a word before it sends the body. */
  interface Continue {
    void send() throws IOException;
  }

  RequestReader(InputStream in, Continue goOn) {
    this.in = in;
    this.goOn = goOn;
  }

  /** The next request; null = the client closed the connection between two. */
  @Nullable ReceivedRequest read() throws IOException {
    int budget = MAX_HEAD;
    String line = line(budget, true);
    if (line == null) {
      return null;
    }
    String[] words = line.split(" ", -1);
    if (words.length != 3 || !words[2].equals("HTTP/1.1")) {
      throw new BadHttp("the request line is not METHOD TARGET HTTP/1.1");
    }
    List<Header> headers = new ArrayList<>();
    while (true) {
      budget -= line.length() + 2;
      line = need(line(budget, false));
      if (line.isEmpty()) {
        break;
      }
      headers.add(header(line));
    }
    return new ReceivedRequest(words[0], words[1], headers, body(headers));
  }

  private static Header header(String line) throws BadHttp {
    int colon = line.indexOf(':');
    if (colon < 1 || line.substring(0, colon).chars().anyMatch(c -> c <= ' ')) {
      throw new BadHttp("a header line has no proper name");
    }
    return new Header(line.substring(0, colon), line.substring(colon + 1).strip());
  }

  private byte[] body(List<Header> headers) throws IOException {
    String length = only(headers, "content-length");
    String encoding = only(headers, "transfer-encoding");
    if (only(headers, "host") == null) {
      throw new BadHttp("the Host header is missing");
    }
    if (length != null && encoding != null) {
      throw new BadHttp("Content-Length and Transfer-Encoding exclude each other");
    }
    if (length == null && encoding == null) {
      return new byte[0];
    }
    String expect = only(headers, "expect");
    if (expect != null && expect.equalsIgnoreCase("100-continue")) {
      goOn.send();
    }
    if (length != null) {
      return exactly(number(length, 10));
    }
    if (!"chunked".equalsIgnoreCase(encoding)) {
      throw new BadHttp("the only transfer encoding known here is chunked");
    }
    return chunks();
  }

  private byte[] chunks() throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    while (true) {
      String line = need(line(MAX_HEAD, false));
      int extension = line.indexOf(';');
      int size = number(extension < 0 ? line : line.substring(0, extension), 16);
      if (size == 0) {
        break;
      }
      if (body.size() + (long) size > MAX_BODY) {
        throw new BadHttp("the body is larger than " + MAX_BODY + " bytes");
      }
      body.writeBytes(exactly(size));
      if (!need(line(2, false)).isEmpty()) {
        throw new BadHttp("a chunk is longer than it says");
      }
    }
    while (!need(line(MAX_HEAD, false)).isEmpty()) {
      // Trailers say nothing here.
    }
    return body.toByteArray();
  }

  private byte[] exactly(int length) throws IOException {
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException("the body ends too early");
    }
    return bytes;
  }

  private static int number(String text, int radix) throws BadHttp {
    try {
      int number = Integer.parseInt(text.strip().toLowerCase(Locale.ROOT), radix);
      if (number >= 0 && number <= MAX_BODY && !text.startsWith("+")) {
        return number;
      }
    } catch (NumberFormatException _) {
      // Falls through to the one message.
    }
    throw new BadHttp("a body or chunk length is no number from 0 to " + MAX_BODY);
  }

  private static @Nullable String only(List<Header> headers, String name) throws BadHttp {
    List<String> values =
        headers.stream().filter(h -> h.name().equalsIgnoreCase(name)).map(Header::value).toList();
    if (values.size() > 1) {
      throw new BadHttp("the header " + name + " stands twice");
    }
    return values.isEmpty() ? null : values.getFirst();
  }

  private static String need(@Nullable String line) throws EOFException {
    if (line == null) {
      throw new EOFException("the request ends too early");
    }
    return line;
  }

  /** A line without its CRLF; null = nothing came. */
  private @Nullable String line(int limit, boolean first) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream(80);
    while (true) {
      int b = in.read();
      if (b < 0) {
        if (line.size() == 0 && first) {
          return null;
        }
        throw new EOFException("the request ends too early");
      }
      if (b == '\n') {
        String text = line.toString(StandardCharsets.ISO_8859_1);
        if (!text.endsWith("\r")) {
          throw new BadHttp("a line ends without CR");
        }
        return text.substring(0, text.length() - 1);
      }
      line.write(b);
      if (line.size() > limit) {
        throw new BadHttp("the head is larger than " + MAX_HEAD + " bytes");
      }
    }
  }
}
