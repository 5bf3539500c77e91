package lip.core.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import lip.sdk.frontend.ErrorReply;
import lip.sdk.frontend.LastWords;
import lip.sdk.http.Headers;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.VirtualThreadPool;

/** The data servlet in a real Jetty as Felix sets it up, and sockets to talk to it. */
public final class Box implements AutoCloseable {
  public static final Terms QUICK =
      new Terms(
          1 << 20,
          1 << 22,
          1 << 22,
          Duration.ofSeconds(20),
          Duration.ofSeconds(20),
          Duration.ofSeconds(30),
          Duration.ofSeconds(20));

  /** Every stream of the tests ends like this when the core ends it. */
  public static LastWords words(boolean breakOff) {
    return new LastWords(
        new ErrorReply(503, Headers.of("Content-Type", "text/x-test"), bytes("unstarted words")),
        bytes("last words\n"),
        breakOff);
  }

  public final FakeGateway gateway = new FakeGateway();
  public final DataServlet servlet;
  public final ServerConnector connector;
  private final Shared shared;
  private final Server server;

  public Box(Terms terms) throws Exception {
    shared = Shared.open(Duration.ofMillis(10));
    servlet = new DataServlet(gateway, shared);
    servlet.terms(terms);
    server = jetty("127.0.0.1", 0, servlet);
    connector = (ServerConnector) server.getConnectors()[0];
    server.start();
  }

  /** One with a frontend at {@code /x} that answers with the body it was sent. */
  static Box echoing() throws Exception {
    Box box = new Box(QUICK);
    box.gateway.on("/x", x -> x.respond(200, Headers.NONE, x.body()));
    return box;
  }

  /** A server as Felix makes one. */
  public static Server jetty(String host, int port, DataServlet servlet) {
    VirtualThreadPool pool = new VirtualThreadPool(0);
    Server server = new Server(pool);
    HttpConfiguration http = new HttpConfiguration();
    http.setSendServerVersion(false);
    ServerConnector connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
    connector.setHost(host);
    connector.setPort(port);
    connector.setIdleTimeout(30_000);
    server.addConnector(connector);
    ServletContextHandler context = new ServletContextHandler("/");
    ServletHolder holder = new ServletHolder(servlet);
    holder.setAsyncSupported(true);
    context.addServlet(holder, "/*");
    server.setHandler(context);
    return server;
  }

  /** Bytes of request bodies that are held. */
  long heldBodies() {
    return shared.bodies().held();
  }

  /** Exchanges that the attendant still looks after. */
  int looked() {
    return shared.attendant().size();
  }

  public Socket connect() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), connector.getLocalPort());
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(20_000);
    return socket;
  }

  public static void send(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(bytes(text));
    socket.getOutputStream().flush();
  }

  /** One request on a connection of its own; everything up to the end of the connection. */
  public String talk(String request) throws IOException {
    try (Socket socket = connect()) {
      send(socket, request);
      return rest(socket);
    }
  }

  public static String get(String path) {
    return "GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
  }

  public static String post(String path, String body) {
    return "POST "
        + path
        + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: "
        + body.length()
        + "\r\n\r\n"
        + body;
  }

  public static String rest(Socket socket) throws IOException {
    return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  /** Reads up to and with a text. */
  public static String until(Socket socket, String end) throws IOException {
    ByteArrayOutputStream read = new ByteArrayOutputStream();
    InputStream in = socket.getInputStream();
    while (true) {
      int b = in.read();
      if (b < 0) {
        throw new IOException("ended before " + end + ": " + read.toString(StandardCharsets.UTF_8));
      }
      read.write(b);
      if (b == end.charAt(end.length() - 1)
          && read.toString(StandardCharsets.UTF_8).endsWith(end)) {
        return read.toString(StandardCharsets.UTF_8);
      }
    }
  }

  public static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void close() throws Exception {
    server.stop();
    shared.close();
  }
}
