package lip.core.http;

import jakarta.servlet.http.HttpServletRequest;
import java.util.function.Consumer;

/**
 * The listener's own first request to a new address.
 *
 * @param token what its header says
 * @param action given the request as it arrives
 */
public record Probe(String token, Consumer<HttpServletRequest> action) {
  void seen(HttpServletRequest request) {
    action.accept(request);
  }
}
