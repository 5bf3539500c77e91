package lip.core.http.listener;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * The data servers as configurations of Felix HTTP. What an earlier process left behind is removed
 * at once: its port must not be open before anybody can answer there, so this bundle starts before
 * Felix HTTP does.
 */
@Component(service = JettyServers.class, immediate = true)
public final class JettyServers {
  private static final String PID = "org.apache.felix.http";
  private static final String JETTY = PID + ".jetty.";

  private final ConfigurationAdmin admin;

  /** Begins with no data server. */
  @Activate
  public JettyServers(@Reference ConfigurationAdmin admin) throws IOException {
    this.admin = admin;
    try {
      Configuration[] left =
          admin.listConfigurations("(&(service.factoryPid=" + PID + ")(" + PID + ".name=data*))");
      if (left != null) {
        for (Configuration one : left) {
          one.delete();
        }
      }
    } catch (InvalidSyntaxException e) {
      throw new IllegalStateException("a filter of ours is wrong", e);
    }
  }

  /** Opens a server; returns before it listens. */
  void open(String name, Address address, ServerSettings settings) throws IOException {
    Map<String, Object> server = new LinkedHashMap<>();
    server.put(PID + ".enable", "true");
    server.put(PID + ".host", address.host().getHostAddress());
    server.put("org.osgi.service.http.port", String.valueOf(address.port()));
    server.put(PID + ".name", name);
    server.put(PID + ".runtime.init.lip.port", "data");
    // Both are needed: with the first alone about 195 streams fill the pool.
    server.put(JETTY + "virtualthreads.enable", "true");
    server.put(JETTY + "threadpool.max", "0");
    server.put(JETTY + "acceptors", "1");
    server.put(JETTY + "acceptQueueSize", "1024");
    server.put(JETTY + "headerBufferSize", String.valueOf(settings.max_header_bytes().bytes()));
    server.put(JETTY + "responseBufferSize", "2048");
    server.put(JETTY + "sendServerHeader", "false");
    server.put(PID + ".timeout", String.valueOf(settings.idle_timeout().toMillis()));
    admin
        .getFactoryConfiguration(PID, name, "?")
        .updateIfDifferent(FrameworkUtil.asDictionary(server));
  }

  /** Closes a server, if it is there. */
  void close(String name) throws IOException {
    admin.getFactoryConfiguration(PID, name, "?").delete();
  }
}
