package lip.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TablesTest {
  @Test
  void tablesInRowsAreTablesOfTheirOwn() throws Exception {
    String json =
        """
        {"generation": 7,
         "instances": [
          {"id": "openai", "state": "active", "stages": ["a", "b"], "facts": [
            {"topic": "key", "name": "env:KEY", "state": "ready"},
            {"topic": "key", "name": "env:KEY_2", "state": "retired since today: 401"}]},
          {"id": "front", "state": "active", "stages": [], "facts": []}]}
        """;
    String text = Tables.of(Json.read(json)).strip().replace(System.lineSeparator(), "\n");
    assertThat(text)
        .isEqualTo(
            """
            generation       7

            instances
              id      state   stages
              openai  active  a, b
              front   active  -

            instances.facts
              of      topic  name       state
              openai  key    env:KEY    ready
              openai  key    env:KEY_2  retired since today: 401\
            """
                .stripIndent());
  }

  @Test
  void listsThatAreEmptyEverywhereStayColumns() throws Exception {
    String text = Tables.of(Json.read("{\"rows\": [{\"id\": \"a\", \"facts\": []}]}"));
    assertThat(text.lines().map(String::strip)).contains("id  facts", "a   -");
  }

  @Test
  void longTextsAreCutTheLastOfALineLater() throws Exception {
    String json = "{\"rows\": [{\"id\": \"%s\", \"state\": \"%s\"}]}";
    String row =
        Tables.of(Json.read(json.formatted("a".repeat(300), "b".repeat(300))))
            .lines()
            .filter(line -> line.contains("b"))
            .findFirst()
            .orElseThrow();
    assertThat(row.strip()).isEqualTo("a".repeat(59) + "…  " + "b".repeat(159) + "…");
  }
}
