package lip.operations.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import java.io.ByteArrayOutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import lip.core.gateway.Inventory.FactView;
import lip.core.gateway.Inventory.FidelityView;
import lip.core.gateway.Inventory.FileView;
import lip.core.gateway.Inventory.InstanceView;
import lip.core.gateway.Inventory.KindView;
import lip.core.gateway.Inventory.Problem;
import lip.core.gateway.Inventory.StageView;
import lip.core.gateway.Inventory.View;
import org.junit.jupiter.api.Test;

class InventoryTest {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  private static final View VIEW =
      new View(
          7,
          NOW,
          List.of(
              new KindView(
                  "backend",
                  "local-stub",
                  "lip.backend.stub",
                  "lip.backend.stub",
                  31,
                  "0.1.0",
                  List.of(),
                  false,
                  null)),
          List.of(
              new InstanceView(
                  "backend",
                  "local-stub",
                  "local-stub",
                  "lip.backend.stub",
                  "lip.backend.stub",
                  31,
                  "0.1.0",
                  "active",
                  null,
                  2,
                  List.of(),
                  List.of(),
                  10,
                  1,
                  NOW,
                  List.of(
                      new FactView("key", "env:KEY", "ready"),
                      new FactView("key", "secret:<second>", "retired since " + NOW + ": 401")))),
          List.of(new Problem("x.cfg", "<script>alert('1')</script>", NOW)),
          List.of(new StageView("submit_request", "fail_open", List.of())),
          2,
          List.of(new FidelityView("anthropic", "local", 3, 1, 4, List.of("<odd>", "top_k"), NOW)));
  private static final List<FileView> FILES =
      List.of(new FileView("a.jar", "0123456789abcdef", 40, "1.0.0", "live", null, NOW));

  @Test
  void thePageEscapesWhatComesFromOutside() {
    StringWriter page = new StringWriter();
    new InventoryPage(new PrintWriter(page)).write(VIEW, FILES, "/system/console/lip");
    assertThat(page.toString())
        .contains("&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;")
        .doesNotContain("<script>")
        .contains("name=\"bundle\" value=\"31\"")
        .contains("a.jar")
        .contains("<td>anthropic</td><td>local</td><td>3</td><td>1</td><td>4</td>")
        .contains("<td>&lt;odd&gt;, top_k</td>")
        .contains("<td>local-stub</td><td>key</td><td>env:KEY</td><td>ready</td>")
        .contains("<td>secret:&lt;second&gt;</td><td>retired since 2026-01-02T03:04:05Z: 401</td>");
  }

  @Test
  void theJsonHoldsEveryField() throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    InventoryJson.write(VIEW, FILES, out);
    String json = out.toString(StandardCharsets.UTF_8);
    try (var parser = new JsonFactory().createParser(json)) {
      while (parser.nextToken() != null) {
        assertThat(parser.currentToken()).isNotNull();
      }
    }
    assertThat(json)
        .contains("\"generation\" : 7")
        .contains("\"leases\" : 2")
        .contains("\"state\" : \"live\"")
        .contains("\"name\" : \"secret:<second>\"")
        .contains("\"state\" : \"retired since 2026-01-02T03:04:05Z: 401\"")
        .contains("\"lastLost\" : [ \"<odd>\", \"top_k\" ]")
        .contains("\"reason\" : null");
  }
}
