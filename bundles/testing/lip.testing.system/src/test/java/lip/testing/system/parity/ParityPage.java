package lip.testing.system.parity;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A page about the fields of one protocol, made from the tables. */
enum ParityPage {
  CHAT(
      "openai-chat.md",
      "OpenAI Chat Completions: every field",
      "an OpenAI-compatible provider",
      "Anthropic",
      Map.of(
          FieldTable.CHAT_REQUEST, "Request",
          FieldTable.CHAT_ANSWER, "Answer",
          FieldTable.CHAT_CHUNK, "Chunks of a stream")),
  MESSAGES(
      "anthropic-messages.md",
      "Anthropic Messages: every field",
      "Anthropic",
      "an OpenAI-compatible provider",
      Map.of(
          FieldTable.MESSAGES_REQUEST, "Request",
          FieldTable.MESSAGES_ANSWER, "Answer",
          FieldTable.MESSAGES_EVENT, "Events of a stream"));

  private final String file;
  private final String title;
  private final String same;
  private final String other;
  private final Map<FieldTable, String> tables;

  ParityPage(String file, String title, String same, String other, Map<FieldTable, String> tables) {
    this.file = file;
    this.title = title;
    this.same = same;
    this.other = other;
    this.tables = tables;
  }

  String file() {
    return file;
  }

  String text() {
    StringBuilder page = new StringBuilder("# " + title + "\n\n");
    page.append(
        """
        Made from the tables in `bundles/testing/lip.testing.system/src/test/resources`; do not edit.
        The types are those of the vendor's own Java client, beta types included. Each row was sent
        through a running proxy, and what arrived was compared: for requests also with a feature that
        changes the call, so that the backend writes it anew.

        * kept: the same value at the same place
        * a pointer: said there, with the value behind it when it is another one
        * not said: the rest is as it would be without it
        * not said, with the object: the object that holds it is left out
        * the proxy's own: always there, made by the proxy
        * refused: status 400, the error names the field

        """);
    tables.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(entry -> table(page, entry.getKey(), entry.getValue()));
    return page.toString();
  }

  private void table(StringBuilder page, FieldTable table, String heading) {
    boolean request = heading.equals("Request");
    page.append("## ").append(heading).append("\n\n");
    Map<String, List<FieldRow>> types =
        table.rows().stream()
            .collect(
                Collectors.groupingBy(FieldRow::type, LinkedHashMap::new, Collectors.toList()));
    page.append("| Type | Fields | ");
    page.append(request ? "To " : "From ").append(same).append(" | ");
    page.append(request ? "To " + other : "To a client of the other protocol");
    page.append(" | | Captured by |\n|---|---|---|---|---|---|\n");
    types.forEach((type, rows) ->
        rows.stream()
            .collect(
                Collectors.groupingBy(ParityPage::words, LinkedHashMap::new, Collectors.toList()))
            .forEach((words, fields) -> {
              String names =
                  fields.stream()
                      .map(row -> "`" + row.field() + (row.older() ? "` (not in the type)" : "`"))
                      .collect(Collectors.joining(", "));
              page.append("| ").append(type).append(" | ").append(names).append(" | ");
              page.append(words).append(" |\n");
            }));
    page.append('\n');
  }

  private static String words(FieldRow row) {
    String changed =
        row.changed().equals(row.same())
            ? ""
            : "; when a feature changed the call: " + row.changed().words();
    String test = row.test().substring(row.test().lastIndexOf('.') + 1);
    return row.same().words()
        + changed
        + " | "
        + row.other().words()
        + " | "
        + row.note()
        + " | "
        + test;
  }
}
