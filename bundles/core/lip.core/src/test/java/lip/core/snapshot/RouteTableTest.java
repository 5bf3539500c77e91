package lip.core.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import lip.api.failure.Failure;
import lip.core.snapshot.RouteTable.Match;
import lip.sdk.frontend.Calls;
import lip.sdk.frontend.Claim;
import lip.sdk.frontend.ErrorReply;
import lip.sdk.frontend.Exchange;
import lip.sdk.frontend.Frontend;
import lip.sdk.http.Headers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RouteTableTest {
  private static Entry<Frontend> frontend(String id) {
    return new Entry<>(
        Family.FRONTEND,
        id,
        id,
        0,
        new Frontend() {
          @Override
          public List<Claim> claims() {
            return List.of();
          }

          @Override
          public void handle(Exchange exchange, Calls calls) {}

          @Override
          public ErrorReply render(Failure failure) {
            return new ErrorReply(500, Headers.NONE, new byte[0]);
          }
        });
  }

  private final Entry<Frontend> chat = frontend("chat");
  private final Entry<Frontend> messages = frontend("messages");
  private final Entry<Frontend> gemini = frontend("gemini");
  private final RouteTable table =
      new RouteTable(
          List.of(
              new RouteTable.Route(Claim.of("POST", "/v1/chat/completions"), chat),
              new RouteTable.Route(Claim.of("GET", "/v1/models"), chat),
              new RouteTable.Route(Claim.of("GET", "/v1/models/{id...}"), chat),
              new RouteTable.Route(
                  new Claim(
                      "GET", "/v1/models", new Claim.HeaderCondition("anthropic-version", "")),
                  messages),
              new RouteTable.Route(
                  Claim.of("POST", "/v1beta/models/{model}:generateContent"), gemini)));

  private Match match(String method, String path, String... headers) {
    return table.match(method, path, Headers.of(headers));
  }

  @Test
  void literalPathsMatch() {
    assertThat(match("POST", "/v1/chat/completions"))
        .isEqualTo(new Match.Found(chat, java.util.Map.of()));
  }

  @Test
  void conditionedClaimsComeFirst() {
    assertThat(((Match.Found) match("GET", "/v1/models", "Anthropic-Version", "x")).frontend())
        .isSameAs(messages);
    assertThat(((Match.Found) match("GET", "/v1/models")).frontend()).isSameAs(chat);
  }

  @Test
  void namesAreBound() {
    assertThat(((Match.Found) match("GET", "/v1/models/a/b%2Fc+d")).parameters())
        .containsEntry("id", "a/b/c+d");
    assertThat(
            ((Match.Found) match("POST", "/v1beta/models/gemini-2.5:generateContent")).parameters())
        .containsEntry("model", "gemini-2.5");
  }

  @Test
  void aWrongMethodNamesTheRightOnes() {
    assertThat(match("DELETE", "/v1/chat/completions"))
        .isEqualTo(new Match.WrongMethod(chat, List.of("POST")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v1/chat/completions/",
        "/v1//chat/completions",
        "/v1/chat/%63ompletions",
        "/x/../v1/chat/completions",
        "/v1/chat/completions;a=b",
        "/%73ystem/console",
        "/system/console",
        "/v1beta/models/:generateContent",
        "/",
        ""
      })
  void onlyTheExactRawPathIsAClaim(String path) {
    assertThat(match("POST", path)).isEqualTo(new Match.Nobody());
  }
}
