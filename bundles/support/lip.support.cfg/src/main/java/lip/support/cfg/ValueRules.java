package lip.support.cfg;

import java.nio.charset.StandardCharsets;

/** What a value must not look like. */
final class ValueRules {
  private ValueRules() {}

  static void check(int line, String key, String value) throws CfgProblem {
    if (value.length() > CfgFile.MAX_VALUE
        || value.getBytes(StandardCharsets.UTF_8).length > CfgFile.MAX_VALUE) {
      throw new CfgProblem(line, key, "the value is larger than 64 KiB");
    }
    if (value.chars().anyMatch(c -> Character.isISOControl(c) && c != '\t')) {
      throw new CfgProblem(line, key, "the value has a control character");
    }
    if (value.indexOf('\\') >= 0) {
      throw new CfgProblem(
          line, key, "a backslash inside a line; write [.] in patterns and / in paths");
    }
    if (value.contains("${")) {
      throw new CfgProblem(line, key, "${...} is not expanded; write env:NAME");
    }
    if (value.startsWith("[")) {
      checkList(line, key, value);
    } else if (value.startsWith("\"") && (value.length() < 2 || !value.endsWith("\""))) {
      throw new CfgProblem(line, key, "a quote is open");
    }
  }

  /** {@code [ "a", "b", ]}: elements in quotes, commas between them. */
  private static void checkList(int line, String key, String value) throws CfgProblem {
    int at = 1;
    boolean element = false;
    while (at < value.length()) {
      char c = value.charAt(at);
      if (c == '"') {
        int close = value.indexOf('"', at + 1);
        if (close < 0 || element) {
          throw new CfgProblem(
              line, key, element ? "a comma is missing in the list" : "a quote is open");
        }
        element = true;
        at = close + 1;
      } else if (c == ',') {
        element = false;
        at++;
      } else if (c == ' ' || c == '\t') {
        at++;
      } else if (c == ']' && at == value.length() - 1) {
        return;
      } else {
        throw new CfgProblem(
            line, key, "a list in brackets needs quotes: [ \"a\", \"b\" ], or write a, b");
      }
    }
    throw new CfgProblem(line, key, "the list has no closing bracket");
  }
}
