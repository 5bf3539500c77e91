package lip.core.http.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Dictionary;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import lip.core.http.Box;
import lip.sdk.InvalidSettings;
import lip.sdk.frontend.Records;
import lip.sdk.http.Headers;
import org.eclipse.jetty.server.Server;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/**
 * Moves of the listener between real servers; only Felix' part, from configuration to server, is
 * ours here.
 */
class ListenerMovesTest {
  private final Map<String, Server> servers = new ConcurrentHashMap<>();
  private final List<Map<String, String>> announced = new CopyOnWriteArrayList<>();
  private Box box;
  private ListenerMoves moves;

  @BeforeEach
  void start() throws Exception {
    box = new Box(Box.QUICK);
    moves =
        new ListenerMoves(
            box.gateway, new JettyServers(felix()), box.servlet, announced::add, "conf");
  }

  @AfterEach
  void stop() throws Exception {
    moves.close();
    box.close();
  }

  private ConfigurationAdmin felix() {
    return (ConfigurationAdmin)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {ConfigurationAdmin.class},
            (proxy, method, args) ->
                method.getName().equals("getFactoryConfiguration")
                    ? configuration((String) args[1])
                    : null);
  }

  private Configuration configuration(String name) {
    return (Configuration)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {Configuration.class},
            (proxy, method, args) -> {
              if (method.getName().equals("delete")) {
                Server gone = servers.remove(name);
                if (gone != null) {
                  gone.stop();
                }
                return null;
              }
              Dictionary<?, ?> values = (Dictionary<?, ?>) args[0];
              Server server =
                  Box.jetty(
                      (String) values.get("org.apache.felix.http.host"),
                      Integer.parseInt((String) values.get("org.osgi.service.http.port")),
                      box.servlet);
              servers.put(name, server);
              server.start();
              return true;
            });
  }

  private String announced(String key) {
    return announced.stream().map(a -> a.get(key)).filter(v -> v != null).reduce((a, b) -> b).get();
  }

  private boolean hasAnnounced(String key) {
    return announced.stream().anyMatch(a -> a.containsKey(key));
  }

  private static int port(String url) {
    return Integer.parseInt(url.substring(url.lastIndexOf(':') + 1));
  }

  private static Socket connect(int port, String request) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(20_000);
    Box.send(socket, request);
    return socket;
  }

  @Test
  void opensAfterTheCoreIsReadyAndAnnouncesTheRealPort() throws Exception {
    box.gateway.notReady = List.of("no frontend");
    moves.apply(Settings.of("127.0.0.1:0"));
    moves.open();
    assertThat(servers).isEmpty();
    box.gateway.notReady = List.of();
    await().until(() -> hasAnnounced("data"));
    try (Socket socket = connect(port(announced("data")), Box.get("/healthz"))) {
      assertThat(Box.rest(socket)).startsWith("HTTP/1.1 200");
    }
    assertThat(announced("shutdown.timeout")).isEqualTo("15000");
  }

  @Test
  void takenPortIsFatalWithOneLine() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String address = "127.0.0.1:" + taken.getLocalPort();
      moves.apply(Settings.of(address));
      moves.open();
      await().until(() -> hasAnnounced("fatal"));
      assertThat(announced("fatal"))
          .startsWith("cannot listen on " + address + ": Address already in use")
          .endsWith("; set address in conf/lip.server.cfg");
      assertThat(announced("exit")).isEqualTo("1");
      assertThat(servers).isEmpty();
    }
  }

  @Test
  void brokenAccessRuleAtBootOpensNothing() {
    moves.apply(Settings.of("127.0.0.1:0"));
    assertThatThrownBy(() -> moves.check("0.0.0.0:8080"))
        .isInstanceOf(InvalidSettings.class)
        .hasMessageContaining("allowed: 127.0.0.1:8080");
    moves.open();
    await().until(() -> hasAnnounced("fatal"));
    assertThat(announced("exit")).isEqualTo("78");
    assertThat(servers).isEmpty();
  }

  @Test
  void moveKeepsRunningStreamsAndRefusesWhatCannotBeHad() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    box.gateway.on(
        "/s",
        x -> {
          Records records = x.stream(200, Headers.NONE, new byte[0]);
          records.write(Box.bytes("one\n"), 0, 4);
          records.flush();
          end.await();
          records.write(Box.bytes("two\n"), 0, 4);
          records.end();
        });
    moves.apply(Settings.of("127.0.0.1:0"));
    moves.open();
    await().until(() -> hasAnnounced("data"));
    int old = port(announced("data"));
    int next;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      next = free.getLocalPort();
      assertThatThrownBy(() -> moves.check("127.0.0.1:" + free.getLocalPort()))
          .isInstanceOf(InvalidSettings.class)
          .hasMessageContaining("Address already in use");
    }
    try (Socket stream = connect(old, Box.get("/s"))) {
      Box.until(stream, "one\n");
      moves.check("127.0.0.1:" + next);
      moves.apply(Settings.of("127.0.0.1:" + next));
      await().until(() -> port(announced("data")) == next);
      assertThat(servers).containsOnlyKeys("data", "data-2");
      end.countDown();
      assertThat(Box.rest(stream)).contains("two\n").endsWith("0\r\n\r\n");
    }
    await().until(() -> servers.keySet().equals(java.util.Set.of("data-2")));
    try (Socket socket = connect(next, Box.get("/healthz"))) {
      assertThat(Box.rest(socket)).startsWith("HTTP/1.1 200");
    }
  }
}
