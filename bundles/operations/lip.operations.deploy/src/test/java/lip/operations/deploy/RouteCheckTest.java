package lip.operations.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import lip.core.gateway.Inventory.InstanceView;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RouteCheckTest {
  private static final List<InstanceView> STUB =
      List.of(
          new InstanceView(
              "backend",
              "local-stub",
              "local-stub",
              "lip.backend.stub",
              "lip.backend.stub",
              1,
              "0.1.0",
              "active",
              null,
              0,
              List.of(),
              List.of(),
              0,
              0,
              Instant.EPOCH,
              List.of()));

  @TempDir Path folder;

  private void route(String route) throws Exception {
    Files.writeString(folder.resolve("lip.routing.cfg"), "default.route = " + route + "\n");
  }

  @Test
  void aRouteToNobodyIsNamedWithWhatIsThere() throws Exception {
    route("nowhere:x");
    Files.writeString(folder.resolve("lip.backend.stub~two.cfg"), "");
    assertThat(RouteCheck.findings(folder, STUB))
        .singleElement()
        .satisfies(finding ->
            assertThat(finding.line())
                .isEqualTo(
                    "lip.routing.cfg: default.route = nowhere:x: leads to no backend; allowed:"
                        + " local-stub, two"));
  }

  @Test
  void aKindAnInstanceOfAFileAndNoFileAreFine() throws Exception {
    assertThat(RouteCheck.findings(folder, STUB)).isEmpty();
    route("local-stub:x");
    assertThat(RouteCheck.findings(folder, STUB)).isEmpty();
    Files.writeString(folder.resolve("lip.backend.stub~two.cfg"), "");
    route("two:x");
    assertThat(RouteCheck.findings(folder, STUB)).isEmpty();
  }
}
