package lip.testing.system.readme;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A block of a Markdown page that starts with <code>```sh</code>; with the word {@code background}
 * behind it, it starts a server that the later blocks talk to.
 *
 * @param line number of its first line
 * @param commands its text
 * @param background whether it goes on while the next ones run
 */
record ShellBlock(int line, String commands, boolean background) {
  private static final Pattern BLOCK =
      Pattern.compile("(?ms)^```sh( background)?[ ]*\\n(.*?)^```[ ]*$");

  /** The blocks of a page, in order, without the command that runs this test. */
  static List<ShellBlock> of(String page) {
    List<ShellBlock> blocks = new ArrayList<>();
    Matcher matcher = BLOCK.matcher(page);
    while (matcher.find()) {
      String commands = matcher.group(2).replaceAll("(?m)^\\./lip test.*\\n", "");
      if (!commands.isBlank()) {
        int line = (int) page.substring(0, matcher.start(2)).lines().count() + 1;
        blocks.add(new ShellBlock(line, commands, matcher.group(1) != null));
      }
    }
    return blocks;
  }
}
