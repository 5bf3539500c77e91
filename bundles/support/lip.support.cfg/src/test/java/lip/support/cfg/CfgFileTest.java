package lip.support.cfg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CfgFileTest {
  private static final String FILE =
      """
      # Who answers.
      default.route = openai-primary:gpt-4o-mini

      ! aliases
      aliases = [ \\
        "^gpt-4$ => a:b", \\
        "^claude-(.+)$ => c:$1" ]
      max.attempts=3
      """;

  @Test
  void readsValuesCommentsAndContinuedLines() throws Exception {
    assertThat(CfgFile.parse(FILE).values())
        .containsExactly(
            Map.entry("default.route", "openai-primary:gpt-4o-mini"),
            Map.entry("aliases", "[ \"^gpt-4$ => a:b\", \"^claude-(.+)$ => c:$1\" ]"),
            Map.entry("max.attempts", "3"));
  }

  @Test
  void changesOnlyTheLinesOfChangedValues() throws Exception {
    Map<String, String> values = new LinkedHashMap<>(CfgFile.parse(FILE).values());
    values.put("max.attempts", "5");
    values.put("extra", "new");
    String text = CfgFile.parse(FILE).with(values).text();
    assertThat(text).isEqualTo(FILE.replace("attempts=3", "attempts=5") + "extra = new\n");
    values.remove("aliases");
    assertThat(CfgFile.parse(text).with(values).text())
        .startsWith("# Who answers.\ndefault.route = openai-primary:gpt-4o-mini\n\n! aliases\nmax");
  }

  @Test
  void keepsForeignLineEndsAndAMissingLastOne() throws Exception {
    CfgFile file = CfgFile.parse("a = 1\r\nb = 2");
    assertThat(file.with(Map.of("a", "1", "b", "2")).text()).isEqualTo("a = 1\r\nb = 2");
    assertThat(file.with(Map.of("a", "9", "b", "2", "c", "3")).text())
        .isEqualTo("a = 9\r\nb = 2\r\nc = 3\r\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "a = ${HOME}| env:NAME",
        "a = C:\\x| backslash",
        "a = [ a, b ]| quotes",
        "a = [ \"a\" \"b\" ]| comma",
        "a = [ \"a ]| quote is open",
        "a = [ \"a\",| closing bracket",
        "a = \"open| quote is open",
        "no setting here| key = value",
        "= value| no key",
        "ä = 1| no key",
      })
  void refusesWhatOthersMangle(String text, String said) {
    assertThatThrownBy(() -> CfgFile.parse("# one\n" + text))
        .isInstanceOf(CfgProblem.class)
        .hasMessageStartingWith("line 2: ")
        .hasMessageContaining(said.strip());
  }

  @Test
  void refusesADuplicateKey() {
    assertThatThrownBy(() -> CfgFile.parse("a = 1\n a = 1\n"))
        .hasMessageContaining("line 2: a: stands twice");
  }

  @Test
  void boundsFileAndValue(@TempDir Path folder) throws Exception {
    assertThatThrownBy(() -> CfgFile.parse("a = " + "x".repeat(CfgFile.MAX_VALUE + 1)))
        .hasMessageContaining("64 KiB");
    Path file = Files.writeString(folder.resolve("a.cfg"), "#".repeat(CfgFile.MAX_FILE + 1));
    assertThatThrownBy(() -> CfgFile.read(file)).hasMessageContaining("2 MiB");
    Files.write(file, new byte[] {'a', '=', (byte) 0xff});
    assertThatThrownBy(() -> CfgFile.read(file)).hasMessageContaining("UTF-8");
  }

  @Test
  void aMessageNeverRepeatsTheValue() {
    assertThatThrownBy(() -> CfgFile.parse("shared.secret = \"hunter2"))
        .hasMessageNotContaining("hunter2");
  }

  @Test
  void refusesToWriteWhatCannotBeRead() throws Exception {
    CfgFile file = CfgFile.parse("a = 1\n");
    for (String value : List.of("x\ny", "x\\", "${x}", "[ a ]")) {
      assertThatThrownBy(() -> file.with(Map.of("a", value))).isInstanceOf(CfgProblem.class);
    }
  }

  @Property
  void whatIsWrittenIsRead(
      @ForAll("settings") Map<String, String> before, @ForAll("settings") Map<String, String> after)
      throws Exception {
    CfgFile first = CfgFile.EMPTY.with(before);
    assertThat(CfgFile.parse(first.text()).values()).isEqualTo(before);
    CfgFile second = CfgFile.parse("# kept\n" + first.text()).with(after);
    assertThat(CfgFile.parse(second.text()).values()).isEqualTo(after);
    assertThat(second.text()).startsWith("# kept\n");
    assertThat(second.with(after)).isEqualTo(second);
  }

  @Property
  void anyTextIsReadOrRefused(@ForAll String text) {
    try {
      CfgFile file = CfgFile.parse(text);
      assertThat(file.with(file.values()).text()).isEqualTo(file.text());
    } catch (CfgProblem e) {
      assertThat(e.reason()).isNotBlank();
    }
  }

  @Provide
  Arbitrary<Map<String, String>> settings() {
    Arbitrary<String> keys =
        Arbitraries.strings()
            .withCharRange('a', 'z')
            .withChars("._-")
            .ofMinLength(1)
            .ofMaxLength(8);
    Arbitrary<String> values =
        Arbitraries.strings()
            .withCharRange(' ', '~')
            .withChars("äö,=#!")
            .excludeChars('\\', '$', '[', '"')
            .ofMaxLength(20)
            .map(String::strip);
    return Arbitraries.maps(keys, values).ofMaxSize(6);
  }
}
