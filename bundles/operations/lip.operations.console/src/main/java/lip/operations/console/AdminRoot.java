package lip.operations.console;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import lip.core.gateway.Gateway;

/**
 * The root of the admin listener leads to the console; health and readiness are here as well,
 * without a login.
 */
final class AdminRoot extends HttpServlet {
  private static final long serialVersionUID = 1L;

  private final transient Gateway gateway;

  AdminRoot(Gateway gateway) {
    this.gateway = gateway;
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    switch (request.getServletPath()) {
      case "/healthz" -> plain(response, HttpServletResponse.SC_OK, "ok");
      case "/readyz" -> {
        Gateway.Readiness readiness = gateway.readiness();
        plain(
            response,
            readiness.ready()
                ? HttpServletResponse.SC_OK
                : HttpServletResponse.SC_SERVICE_UNAVAILABLE,
            readiness.ready() ? "ready" : String.join("\n", readiness.reasons()));
      }
      default -> response.sendRedirect("/system/console/" + InventoryServlet.LABEL);
    }
  }

  private static void plain(HttpServletResponse response, int status, String text)
      throws IOException {
    response.setStatus(status);
    response.setContentType("text/plain;charset=utf-8");
    response.getWriter().println(text);
  }
}
