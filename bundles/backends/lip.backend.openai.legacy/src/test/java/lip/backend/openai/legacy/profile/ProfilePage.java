package lip.backend.openai.legacy.profile;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;

/** The tables of docs/backends/openai-legacy.md. */
final class ProfilePage {
  private ProfilePage() {}

  /** Every key with the general value, then what each server has otherwise. */
  static String tables() throws BadProfile {
    StringBuilder page =
        new StringBuilder("| Profile | Otherwise than `compatible` |\n|---|---|\n");
    for (Server server : Server.values()) {
      if (server != Server.COMPATIBLE) {
        page.append("| `").append(server.word()).append("` | ").append(row(server)).append(" |\n");
      }
    }
    page.append("\n| Key | `compatible` |\n|---|---|\n");
    Values.file(Server.COMPATIBLE)
        .forEach((key, value) ->
            page.append("| `")
                .append(key)
                .append("` | ")
                .append(value.isEmpty() ? "" : "`" + value + "`")
                .append(" |\n"));
    return page.toString();
  }

  private static String row(Server server) {
    Map<String, String> values = Values.file(server);
    return values.entrySet().stream()
        .map(one -> "`" + one.getKey() + " = " + one.getValue() + "`")
        .collect(Collectors.joining(" "));
  }

  /** Prints them, to paste into the page. */
  static void main() throws BadProfile {
    Arrays.stream(tables().split("\n", -1)).forEach(IO::println);
  }
}
