package lip.testing.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.SequencedMap;
import lip.support.cfg.CfgFile;
import lip.support.cfg.CfgProblem;

/** A file that is read keeps its text; what is refused names line or key and never the value. */
final class CfgTexts implements Target {
  @Override
  public void take(byte[] bytes) throws CfgProblem {
    String text = new String(bytes, StandardCharsets.UTF_8);
    CfgFile file;
    try {
      file = CfgFile.parse(text);
    } catch (CfgProblem e) {
      Expect.explained(e.reason());
      Expect.that(e.line() > 0 || e.key() != null, "a refusal without a place: " + e.reason());
      return;
    }
    String kept = text.startsWith("\uFEFF") ? text.substring(1) : text;
    Expect.that(file.text().equals(kept), "the text is not kept");
    SequencedMap<String, String> values = file.values();
    Expect.that(file.with(values).equals(file), "the same values make another file");
    Expect.that(CfgFile.parse(file.text()).values().equals(values), "it reads differently again");
  }
}
