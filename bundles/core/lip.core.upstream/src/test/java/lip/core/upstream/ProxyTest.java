package lip.core.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import lip.api.failure.UpstreamFailure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProxyTest {
  private static final String AUTHORIZATION = "Proxy-Authorization: Basic dXNlcjpwQHNz\r\n";

  @TempDir static Path folder;

  @Test
  void httpsGoesThroughATunnelWithTheCredentialsOfTheProxysAddress() throws Exception {
    try (var target = new TlsServer(folder);
        var proxy = tunnel(target.port());
        var client =
            Fixture.client(
                Fixture.proxied(
                    "http://user:p%40ss@127.0.0.1:" + proxy.port(),
                    List.of(),
                    target.certificate.toString()))) {
      URI uri = URI.create("https://localhost:" + target.port() + "/");
      assertThat(Fixture.fetch(client, uri)).isEqualTo("secret");
      assertThat(Fixture.fetch(client, uri)).isEqualTo("secret");
      assertThat(proxy.requests)
          .containsExactly(
              "CONNECT localhost:%d HTTP/1.1\r\nHost: localhost:%d\r\n%s\r\n"
                  .formatted(target.port(), target.port(), AUTHORIZATION));
    }
  }

  @Test
  void aRefusedTunnelIsSaidWithoutThePassword() throws Exception {
    try (var proxy =
            new ScriptedServer(peer -> {
              peer.readRequest();
              peer.send("HTTP/1.1 407 No\r\nContent-Length: 0\r\n\r\n");
            });
        var client =
            Fixture.client(
                Fixture.proxied("http://user:p%40ss@127.0.0.1:" + proxy.port(), List.of(), ""))) {
      UpstreamFailure failure =
          catchThrowableOfType(
              UpstreamFailure.class,
              () -> client.send(Fixture.post(URI.create("https://upstream.test/"))));
      assertThat(failure.failure().message())
          .contains("upstream.test:443")
          .contains("407")
          .doesNotContain("p@ss")
          .doesNotContain("dXNlcjpwQHNz");
      assertThat(failure.failure().recoverable()).isTrue();
    }
  }

  @Test
  void plainHttpIsForwardedWithTheWholeAddress() throws Exception {
    try (var proxy = ReuseTest.numbered();
        var client =
            withEnvironment(Map.of("http_proxy", "user:p%40ss@127.0.0.1:" + proxy.port()))) {
      assertThat(Fixture.fetch(client, URI.create("http://upstream.test/v1?a=b")))
          .isEqualTo("conn1");
      assertThat(proxy.requests.getFirst())
          .startsWith("POST http://upstream.test/v1?a=b HTTP/1.1\r\nHost: upstream.test\r\n")
          .contains(AUTHORIZATION);
    }
  }

  @Test
  void whatNoProxyNamesAndThisMachineAreCalledDirectly() throws Exception {
    try (var proxy = ReuseTest.numbered();
        var target = ReuseTest.numbered()) {
      String address = "http://127.0.0.1:" + proxy.port();
      try (var client = withEnvironment(Map.of("HTTP_PROXY", address))) {
        Fixture.fetch(client, target.uri("/"));
      }
      try (var client = Fixture.client(Fixture.proxied(address, List.of("127.0.0.0/8"), ""))) {
        Fixture.fetch(client, target.uri("/"));
      }
      assertThat(proxy.requests).isEmpty();
      assertThat(target.requests).hasSize(2);
      try (var client = Fixture.client(Fixture.proxied(address, List.of(), ""))) {
        Fixture.fetch(client, target.uri("/"));
      }
      assertThat(proxy.requests).hasSize(1);
    }
  }

  @Test
  void theEnvironmentCanBeSwitchedOff() {
    Map<String, String> environment = Map.of("HTTP_PROXY", "http://proxy.test:3128");
    URI uri = URI.create("http://upstream.test/");
    assertThat(new ProxySelection(UpstreamOptions.DEFAULT, environment).select(uri))
        .hasToString("proxy.test:3128");
    assertThat(new ProxySelection(Fixture.plain(), environment).select(uri)).isNull();
    assertThat(
            new ProxySelection(
                    UpstreamOptions.DEFAULT,
                    Map.of("HTTP_PROXY", "http://proxy.test", "NO_PROXY", "a.test, .test"))
                .select(uri))
        .isNull();
  }

  @Test
  void aProxyThatCannotBeUsedIsAFailureWithoutItsAddress() throws Exception {
    try (var client = withEnvironment(Map.of("HTTP_PROXY", "socks5://me:hush@proxy.test"))) {
      UpstreamFailure failure =
          catchThrowableOfType(
              UpstreamFailure.class,
              () -> client.send(Fixture.post(URI.create("http://upstream.test/"))));
      assertThat(failure.failure().message()).contains("http://host:port").doesNotContain("hush");
    }
  }

  private static UpstreamClient withEnvironment(Map<String, String> environment) {
    return new UpstreamClient(() -> UpstreamOptions.DEFAULT, environment);
  }

  private static ScriptedServer tunnel(int port) {
    return new ScriptedServer(peer -> {
      peer.readRequest();
      try (Socket target = new Socket(InetAddress.getLoopbackAddress(), port)) {
        peer.send("HTTP/1.1 200 Connection established\r\n\r\n");
        Thread back = Thread.ofVirtual().start(() -> copy(target, peer.socket()));
        copy(peer.socket(), target);
        back.interrupt();
      }
    });
  }

  private static void copy(Socket from, Socket to) {
    try {
      from.getInputStream().transferTo(to.getOutputStream());
    } catch (IOException _) {
      // One of them ended.
    }
  }
}
