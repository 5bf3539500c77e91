package lip.operations.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import lip.core.gateway.ConfigurationCheck.Finding;
import org.junit.jupiter.api.Test;

class CheckCommandTest {
  private static final List<Finding> FINDINGS =
      List.of(
          new Finding(true, "lip.server.cfg", "adress", "x\"y", "unknown key", "address"),
          new Finding(false, null, null, null, "running as root", null));

  @Test
  void textHasOneLineAFindingAndAVerdict() {
    assertThat(CheckCommand.text(FINDINGS, 1))
        .isEqualTo(
            "ERROR lip.server.cfg: adress = x\"y: unknown key; allowed: address\n"
                + "WARN  running as root\n"
                + "1 errors");
    assertThat(CheckCommand.text(List.of(), 0)).isEqualTo("configuration is valid");
  }

  @Test
  void jsonIsEscaped() {
    assertThat(CheckCommand.json(FINDINGS))
        .contains("\"value\":\"x\\\"y\"")
        .contains("\"level\":\"warn\",\"file\":null");
  }
}
