package lip.frontend.anthropic;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import lip.api.call.Session;
import lip.sdk.frontend.Exchange;
import lip.sdk.http.Headers;
import lip.support.anthropic.messages.Names;
import lip.support.frontend.SessionHeaders;
import lip.support.json.JsonKind;
import lip.support.json.JsonReader;
import lip.support.json.MalformedJson;
import org.jspecify.annotations.Nullable;

/**
 * What the head of a request says.
 *
 * @param traceId trace id
 * @param route selector; null = none
 * @param version value of {@code anthropic-version}
 * @param betas values of {@code anthropic-beta} in order
 * @param headers all of it
 */
record RequestHead(
    String traceId, @Nullable String route, String version, List<String> betas, Headers headers) {

  static RequestHead of(Exchange exchange) {
    Headers headers = exchange.headers();
    String version = headers.first("anthropic-version");
    Set<String> betas = new LinkedHashSet<>();
    for (String line : headers.all("anthropic-beta")) {
      for (String beta : line.split(",", -1)) {
        if (!beta.isBlank()) {
          betas.add(beta.strip());
        }
      }
    }
    return new RequestHead(
        exchange.traceId(),
        headers.first("X-LIP-Route"),
        version == null || version.isBlank() ? Names.VERSION_2023 : version.strip(),
        new ArrayList<>(betas),
        headers);
  }

  /**
   * What the client says about its conversation.
   *
   * @param sessionId from the body; the header wins
   * @param resumeToken from the body; the header wins
   * @param userId {@code metadata.user_id}: Claude Code packs its session into it
   */
  Session session(
      @Nullable String sessionId, @Nullable String resumeToken, @Nullable String userId) {
    String client = headers.first("x-claude-code-session-id");
    if (client == null) {
      client = SessionHeaders.clientId(headers);
    }
    if (client == null && userId != null) {
      client = packed(userId);
    }
    return SessionHeaders.read(headers, client, sessionId, resumeToken);
  }

  private static @Nullable String packed(String userId) {
    if (!userId.startsWith("{")) {
      int mark = userId.lastIndexOf("_session_");
      return mark < 0 ? null : userId.substring(mark + "_session_".length());
    }
    try {
      String session = null;
      JsonReader reader = JsonReader.of(userId.getBytes(StandardCharsets.UTF_8));
      reader.beginObject();
      for (String name; (name = reader.nextMember()) != null; ) {
        if (name.equals("session_id") && reader.peek() == JsonKind.STRING) {
          session = reader.string();
        }
      }
      return session;
    } catch (MalformedJson _) {
      // A user id of any form is legal.
      return null;
    }
  }
}
