package lip.testing.system;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A keep-alive HTTP/1.1 client connection that repairs and repeats nothing: what goes wrong shows.
 * Used by one thread.
 */
public final class Connection implements Closeable {
  private static final int PATIENCE_MS = 60_000;

  private final Socket socket = new Socket();
  private final InputStream in;
  private final OutputStream out;
  private Map<String, String> headers = Map.of();
  private long left;
  private boolean chunked;
  private boolean insideChunks;
  private boolean ended = true;

  /** Connects to a port of 127.0.0.1. */
  public Connection(int port) throws IOException {
    this(port, 0);
  }

  /** The same with a receive buffer of so many bytes; 0 = as the system has it. */
  public Connection(int port, int receiveBuffer) throws IOException {
    if (receiveBuffer > 0) {
      socket.setReceiveBufferSize(receiveBuffer);
    }
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(PATIENCE_MS);
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 10_000);
    in = new BufferedInputStream(socket.getInputStream());
    out = socket.getOutputStream();
  }

  /** Sends a POST and reads status and headers. */
  public int post(String path, String type, String body) throws IOException {
    return request(
        "POST", path, Map.of("Content-Type", type), body.getBytes(StandardCharsets.UTF_8));
  }

  /** Sends a request and reads status and headers. */
  public int request(String method, String path, Map<String, String> fields, byte[] body)
      throws IOException {
    send(method, path, fields, body);
    return readHead();
  }

  /** Sends a request and reads nothing. */
  public void send(String method, String path, Map<String, String> fields, byte[] body)
      throws IOException {
    var head = new StringBuilder(method + " " + path + " HTTP/1.1\r\nHost: localhost\r\n");
    fields.forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
    if (body.length > 0 || !method.equals("GET")) {
      head.append("Content-Length: ").append(body.length).append("\r\n");
    }
    write(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
    write(body);
  }

  /** Sends bytes. */
  public void write(byte[] bytes) throws IOException {
    out.write(bytes);
    out.flush();
  }

  /** Whether something has come that was not read yet. */
  public boolean readable() throws IOException {
    return in.available() > 0;
  }

  /** Reads status and headers of the next response. */
  public int readHead() throws IOException {
    int status = Integer.parseInt(line().split(" ", 3)[1]);
    Map<String, String> fields = new HashMap<>();
    for (String line = line(); !line.isEmpty(); line = line()) {
      int colon = line.indexOf(':');
      fields.put(
          line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
    }
    if (status == 100) {
      return readHead();
    }
    headers = fields;
    insideChunks = false;
    chunked = header("transfer-encoding").equals("chunked");
    left = chunked ? 0 : Long.parseLong(fields.getOrDefault("content-length", "0"));
    ended = !chunked && left == 0;
    return status;
  }

  /** A header of the response, by lower-case name; empty = none. */
  public String header(String name) {
    return headers.getOrDefault(name, "");
  }

  /**
   * The next piece of the body; null at its proper end.
   *
   * @throws EOFException when the body breaks off
   */
  public byte @Nullable [] next() throws IOException {
    if (ended) {
      return null;
    }
    if (!chunked) {
      byte[] all = in.readNBytes((int) left);
      if (all.length < left) {
        throw new EOFException("body breaks off");
      }
      ended = true;
      return all;
    }
    if (insideChunks) {
      // Read now and not with the chunk: a stream that is cut ends behind the data of its last one.
      line();
    }
    int size = Integer.parseInt(line().split(";", 2)[0].strip(), 16);
    byte[] chunk = in.readNBytes(size);
    if (chunk.length < size) {
      throw new EOFException("chunk breaks off");
    }
    insideChunks = size > 0;
    ended = size == 0;
    if (ended) {
      line();
    }
    return ended ? null : chunk;
  }

  /** The rest of the body. */
  public String body() throws IOException {
    var all = new ByteArrayOutputStream();
    for (byte[] piece = next(); piece != null; piece = next()) {
      all.writeBytes(piece);
    }
    return all.toString(StandardCharsets.UTF_8);
  }

  /** Whether another request may be sent. */
  public boolean reusable() {
    return ended && !header("connection").equalsIgnoreCase("close");
  }

  private String line() throws IOException {
    var bytes = new ByteArrayOutputStream();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        throw new EOFException("connection closed");
      }
      if (b != '\r') {
        bytes.write(b);
      }
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  /** Resets the connection instead of closing it in order. */
  public void abort() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
