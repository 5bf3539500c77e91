package lip.testing.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The page of settings is what the built bundles say. */
class ConfigurationPageTest {
  private static final Path PAGE = Checkout.ROOT.resolve("docs/reference/configuration.md");

  @Test
  void thePageIsThatOfTheBuiltBundles() throws IOException {
    String built = ConfigurationPage.of(Checkout.products());
    if (Refresh.CONFIGURATION.wanted()) {
      Files.writeString(PAGE, built);
    }
    assertThat(built).as("settings of the built bundles").contains("## `lip.server`");
    assertThat(Files.readString(PAGE))
        .as("out of date; rewrite it: %s", Refresh.CONFIGURATION.command())
        .isEqualTo(built);
  }

  @Test
  void aDescriptionBecomesKeysWithTypeAndRange() throws IOException {
    String xml =
        """
        <metatype:MetaData xmlns:metatype="http://www.osgi.org/xmlns/metatype/v1.4.0">
          <OCD id="lip.backend.stub.LocalStubSettings" name="Stub" description="Answers">
            <AD id="chunk.size" type="Integer" default="0" description="a|b"/>
            <AD id="delay" type="String" default="0s" description="pause"/>
          </OCD>
          <Designate factoryPid="lip.backend.stub"><Object ocdref="x"/></Designate>
        </metatype:MetaData>
        """;

    var group =
        ConfigurationPage.group(
            Checkout.bundle("lip.backend.stub"),
            new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));

    assertThat(group.pid()).isEqualTo("lip.backend.stub");
    assertThat(group.factory()).isTrue();
    assertThat(group.keys())
        .containsExactly(
            new ConfigurationPage.Key("chunk.size", "number", "0", "0 to 65536", "a|b"),
            new ConfigurationPage.Key("delay", "duration", "0s", "0s to 1h", "pause"));
  }
}
