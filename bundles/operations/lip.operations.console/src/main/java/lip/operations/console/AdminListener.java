package lip.operations.console;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Dictionary;
import java.util.Hashtable;
import lip.sdk.InvalidSettings;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.util.tracker.ServiceTracker;

/**
 * Opens, moves and closes the admin listener by the configuration of Felix HTTP. The console is
 * told to live there only. Config Admin keeps that configuration: at the next start Felix HTTP
 * opens the same listener before anybody here is asked.
 */
final class AdminListener {
  private static final String HTTP_PID = "org.apache.felix.http";
  private static final String LISTENER = "admin";
  private static final String PORT = "org.osgi.service.http.port";
  private static final String CONSOLE_PID =
      "org.apache.felix.webconsole.internal.servlet.OsgiManager";

  /** How long a listener that has its port may take to be told of. */
  private static final Duration OPENING = Duration.ofSeconds(5);

  private final ConfigurationAdmin admin;
  private final BundleContext context;
  private @Nullable AdminAddress current;

  AdminListener(ConfigurationAdmin admin, BundleContext context) {
    this.admin = admin;
    this.context = context;
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
      if (isOurs(wanted)) {
        return;
      }
      throw new InvalidSettings(
          "address",
          "cannot listen on " + wanted.host() + ":" + wanted.port() + ": " + e.getMessage());
    }
  }

  /** Whether Felix HTTP listens there because it did when the last process ended. */
  private boolean isOurs(AdminAddress wanted) {
    try {
      Configuration[] left =
          admin.listConfigurations("(service.pid=" + HTTP_PID + "~" + LISTENER + ")");
      String port = String.valueOf(wanted.port());
      if (left == null || !port.equals(left[0].getProperties().get(PORT))) {
        return false;
      }
      var told =
          new ServiceTracker<>(
              context,
              context.createFilter(
                  "(&(objectClass=org.osgi.service.servlet.runtime.HttpServiceRuntime)"
                      + ConsoleComponent.ON_ADMIN
                      + "(osgi.http.endpoint=*:"
                      + port
                      + "/))"),
              null);
      told.open();
      try {
        return told.waitForService(OPENING.toMillis()) != null;
      } finally {
        told.close();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } catch (IOException | InvalidSyntaxException e) {
      throw new IllegalStateException("the configuration of the admin listener", e);
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
    http.put(PORT, String.valueOf(address.port()));
    http.put("org.apache.felix.http.name", "admin");
    http.put("org.apache.felix.http.runtime.init.lip.port", "admin");
    http.put("org.apache.felix.http.jetty.virtualthreads.enable", "true");
    http.put("org.apache.felix.http.jetty.threadpool.max", "0");
    http.put("org.apache.felix.http.jetty.acceptors", "1");
    http.put("org.apache.felix.http.jetty.selectors", "1");
    http.put("org.apache.felix.http.jetty.sendServerHeader", "false");
    http.put("org.apache.felix.jetty.stopTimeout", "1000");
    admin.getFactoryConfiguration(HTTP_PID, LISTENER, "?").updateIfDifferent(http);
    current = address;
  }

  void close() throws IOException {
    admin.getFactoryConfiguration(HTTP_PID, LISTENER, "?").delete();
    current = null;
  }
}
