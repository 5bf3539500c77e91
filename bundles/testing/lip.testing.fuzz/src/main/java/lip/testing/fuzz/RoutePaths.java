package lip.testing.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.List;
import lip.core.snapshot.Entry;
import lip.core.snapshot.Family;
import lip.core.snapshot.RouteTable;
import lip.sdk.frontend.Claim;
import lip.sdk.frontend.Frontend;
import lip.sdk.http.Headers;

/** A first line claims a pattern, the second asks for a path: any match is explained by both. */
final class RoutePaths implements Target {
  private static final Entry<Frontend> FRONTEND =
      new Entry<>(Family.FRONTEND, "f", "f", 0, ChatRequests.frontend());

  @Override
  public void take(byte[] bytes) {
    String[] lines = new String(bytes, StandardCharsets.ISO_8859_1).split("\n", 2);
    String sent = lines.length > 1 ? lines[1] : "v1/models";
    // The listener refuses a path that does not begin with a slash before it is matched.
    String path = sent.startsWith("/") ? sent : "/" + sent;
    match(List.of(Claim.of("POST", "/v1beta/models/{model}:generate"), rest()), path);
    if (legal(lines[0])) {
      match(List.of(Claim.of("POST", lines[0]), rest()), path);
    }
  }

  private static Claim rest() {
    return Claim.of("GET", "/v1/models/{rest...}");
  }

  private static void match(List<Claim> claims, String path) {
    RouteTable table =
        new RouteTable(claims.stream().map(c -> new RouteTable.Route(c, FRONTEND)).toList());
    switch (table.match("POST", path, Headers.NONE)) {
      case RouteTable.Match.Found(var _, var parameters) -> {
        String pattern = claims.getFirst().pattern();
        Expect.that(pattern.contains("{") || pattern.equals(path), pattern + " is not " + path);
        Expect.that(
            parameters.isEmpty() || pattern.contains("{"),
            "parameters of a literal: " + parameters);
      }
      case RouteTable.Match.WrongMethod(var _, var allowed) ->
          Expect.that(allowed.equals(List.of("GET")), "allowed: " + allowed);
      case RouteTable.Match.Nobody _ -> {}
    }
  }

  /** What a frontend may claim; what plugins write is not foreign. */
  private static boolean legal(String pattern) {
    return pattern.matches("/[a-z0-9/:.-]{0,60}(\\{[a-z]{1,9}}(:[a-z]{1,9})?)?");
  }
}
