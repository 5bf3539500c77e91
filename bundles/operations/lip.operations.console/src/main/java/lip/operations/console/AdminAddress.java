package lip.operations.console;

import java.net.InetAddress;
import java.net.UnknownHostException;
import lip.sdk.InvalidSettings;

/**
 * Host and port of the listener.
 *
 * @param host literal address or localhost
 * @param port 0 = any free one
 */
record AdminAddress(String host, int port) {
  static AdminAddress parse(String text) throws InvalidSettings {
    int colon = text.lastIndexOf(':');
    String host = colon < 0 ? "" : text.substring(0, colon).replaceAll("^\\[|\\]$", "");
    int port;
    try {
      port = colon < 0 ? -1 : Integer.parseInt(text.substring(colon + 1));
    } catch (NumberFormatException e) {
      port = -1;
    }
    if (port < 0 || port > 65_535) {
      throw new InvalidSettings("address", "not an address", "host:port, such as 127.0.0.1:8081");
    }
    if (!loopback(host)) {
      throw new InvalidSettings(
          "address",
          "the admin listener runs code for whoever logs in, so it is for this machine only",
          "127.0.0.1:PORT, [::1]:PORT or localhost:PORT");
    }
    return new AdminAddress(host, port);
  }

  private static boolean loopback(String host) {
    if (host.equals("localhost")) {
      return true;
    }
    // A name would be looked up; only literals are taken.
    if (host.isEmpty() || !host.matches("[0-9.]+|[0-9a-fA-F:]+")) {
      return false;
    }
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }

  /** Address for a browser. */
  String url(int realPort) {
    return "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + realPort;
  }
}
