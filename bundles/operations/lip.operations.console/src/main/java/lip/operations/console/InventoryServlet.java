package lip.operations.console;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;
import lip.core.gateway.Inventory;
import lip.core.gateway.Inventory.DeployedFiles;
import org.jspecify.annotations.Nullable;

/**
 * The plugin of the Web Console that shows the inventory, as a page and as JSON, and lets bundles
 * drain and go.
 */
final class InventoryServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;
  static final String LABEL = "lip";

  private final transient Inventory inventory;
  private final transient Supplier<@Nullable DeployedFiles> deployer;

  InventoryServlet(Inventory inventory, Supplier<@Nullable DeployedFiles> deployer) {
    this.inventory = inventory;
    this.deployer = deployer;
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    DeployedFiles files = deployer.get();
    List<Inventory.FileView> watched = files == null ? List.of() : files.files();
    if (request.getRequestURI().endsWith(".json")) {
      response.setContentType("application/json;charset=utf-8");
      response.setHeader("Cache-Control", "no-store");
      InventoryJson.write(inventory.view(), watched, response.getOutputStream());
      return;
    }
    response.setContentType("text/html;charset=utf-8");
    new InventoryPage(response.getWriter())
        .write(
            inventory.view(),
            watched,
            request.getContextPath() + request.getServletPath() + "/" + LABEL);
  }

  @Override
  protected void doPost(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    DeployedFiles files = deployer.get();
    long bundle;
    try {
      bundle = Long.parseLong(String.valueOf(request.getParameter("bundle")));
    } catch (NumberFormatException e) {
      response.sendError(HttpServletResponse.SC_BAD_REQUEST, "bundle must be a bundle id");
      return;
    }
    String action = String.valueOf(request.getParameter("action"));
    if (files == null || !List.of("stop", "uninstall").contains(action)) {
      response.sendError(
          HttpServletResponse.SC_BAD_REQUEST, "action must be stop or uninstall, with a deployer");
      return;
    }
    if (action.equals("stop")) {
      files.stop(bundle);
    } else {
      files.uninstall(bundle);
    }
    response.sendRedirect(request.getRequestURI());
  }
}
