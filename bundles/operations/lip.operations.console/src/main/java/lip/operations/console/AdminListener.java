package lip.operations.console;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Dictionary;
import java.util.Hashtable;
import lip.sdk.InvalidSettings;
import org.jspecify.annotations.Nullable;
import org.osgi.service.cm.ConfigurationAdmin;

/**
 * Opens, moves and closes the admin listener by the configuration of Felix HTTP. The console is
 * told to live there only.
 */
final class AdminListener {
  private static final String HTTP_PID = "org.apache.felix.http";
  private static final String CONSOLE_PID =
      "org.apache.felix.webconsole.internal.servlet.OsgiManager";

  private final ConfigurationAdmin admin;
  private @Nullable AdminAddress current;

  AdminListener(ConfigurationAdmin admin) {
    this.admin = admin;
  }

  /** Throws when the address cannot be listened on; the one in use now is fine. */
  void probe(AdminAddress wanted) throws InvalidSettings {
    if (wanted.equals(current) || wanted.port() == 0) {
      return;
    }
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getByName(wanted.host()), wanted.port()));
    } catch (IOException e) {
      throw new InvalidSettings(
          "address",
          "cannot listen on " + wanted.host() + ":" + wanted.port() + ": " + e.getMessage());
    }
  }

  void open(AdminAddress address, boolean console) throws IOException {
    Dictionary<String, Object> osgiManager = new Hashtable<>();
    osgiManager.put("http.service.filter", console ? "(lip.port=admin)" : "(lip.port=none)");
    osgiManager.put("manager.root", "/system/console");
    osgiManager.put("default.render", InventoryServlet.LABEL);
    admin.getConfiguration(CONSOLE_PID, "?").updateIfDifferent(osgiManager);
    Dictionary<String, Object> http = new Hashtable<>();
    http.put("org.apache.felix.http.enable", "true");
    http.put("org.apache.felix.http.host", address.host());
    http.put("org.osgi.service.http.port", String.valueOf(address.port()));
    http.put("org.apache.felix.http.name", "admin");
    http.put("org.apache.felix.http.runtime.init.lip.port", "admin");
    http.put("org.apache.felix.http.jetty.virtualthreads.enable", "true");
    http.put("org.apache.felix.http.jetty.threadpool.max", "0");
    http.put("org.apache.felix.http.jetty.acceptors", "1");
    http.put("org.apache.felix.http.jetty.selectors", "1");
    http.put("org.apache.felix.http.jetty.sendServerHeader", "false");
    http.put("org.apache.felix.jetty.stopTimeout", "1000");
    admin.getFactoryConfiguration(HTTP_PID, "admin", "?").updateIfDifferent(http);
    current = address;
  }

  void close() throws IOException {
    admin.getFactoryConfiguration(HTTP_PID, "admin", "?").delete();
    current = null;
  }
}
