package lip.core.http.listener;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import lip.sdk.InvalidSettings;

/**
 * Where a listener listens.
 *
 * @param host literal address
 * @param port port; 0 = any free one
 */
record Address(InetAddress host, int port) {
  private static final int CONNECT_MILLIS = 200;

  private static final String FORM = "127.0.0.1:PORT, [::1]:PORT or localhost:PORT";

  /** Reads {@code host:port}; no name is looked up. */
  static Address parse(String text) throws InvalidSettings {
    int colon = text.lastIndexOf(':');
    if (colon < 0) {
      throw new InvalidSettings("address", "has no port", FORM);
    }
    String host = text.substring(0, colon).strip();
    try {
      int port = Integer.parseInt(text.substring(colon + 1).strip());
      if (port < 0 || port > 65535) {
        throw new InvalidSettings("address", "port " + port + " does not exist", "0 to 65535");
      }
      return new Address(literal(host), port);
    } catch (NumberFormatException e) {
      throw invalid("the port is not a number", e);
    } catch (IllegalArgumentException e) {
      throw invalid("the host is not a literal address", e);
    }
  }

  private static InetAddress literal(String host) {
    if (host.equals("localhost")) {
      return InetAddress.ofLiteral("127.0.0.1");
    }
    if (host.isEmpty() || host.equals("*")) {
      return InetAddress.ofLiteral("0.0.0.0");
    }
    return InetAddress.ofLiteral(
        host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host);
  }

  private static InvalidSettings invalid(String reason, Exception cause) {
    InvalidSettings invalid = new InvalidSettings("address", reason, FORM);
    invalid.initCause(cause);
    return invalid;
  }

  /** The access rule while there is no authentication. */
  Address loopbackOnly() throws InvalidSettings {
    if (!host.isLoopbackAddress()) {
      throw new InvalidSettings(
          "address",
          text()
              + " is "
              + (host.isAnyLocalAddress() ? "every address of this machine" : "not loopback")
              + ", and clients are not authenticated",
          "127.0.0.1:" + port);
    }
    return this;
  }

  /**
   * Takes the address and gives it back; port 0 becomes a free port. Throws when it cannot be had.
   */
  Address probe() throws IOException {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(socketAddress());
      return new Address(host, socket.getLocalPort());
    }
  }

  /** Whether somebody accepts connections there. */
  boolean answers() {
    try (Socket socket = new Socket()) {
      socket.connect(socketAddress(), CONNECT_MILLIS);
      return true;
    } catch (IOException e) {
      return false; // Refused is the usual answer, and what is waited for.
    }
  }

  InetSocketAddress socketAddress() {
    return new InetSocketAddress(host, port);
  }

  /** As in a URL. */
  String text() {
    String literal = host.getHostAddress();
    return (host instanceof Inet6Address ? "[" + literal + "]" : literal) + ":" + port;
  }
}
