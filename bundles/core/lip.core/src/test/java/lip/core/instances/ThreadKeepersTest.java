package lip.core.instances;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.InstantSource;
import java.util.List;
import lip.core.gateway.Inventory.Problem;
import org.junit.jupiter.api.Test;

class ThreadKeepersTest {
  private final Problems problems = new Problems(InstantSource.system());
  private final ThreadKeepers keepers =
      new ThreadKeepers(
          classes -> classes.stream().filter(name -> name.startsWith("bad")).findFirst(), problems);

  private static List<StackTraceElement> stack(String name) {
    return List.of(
        new StackTraceElement("java.lang.Thread", "sleep", null, -2),
        new StackTraceElement(name, "write", "X.java", 1));
  }

  private List<String> said() {
    return problems.all().stream().map(Problem::reason).toList();
  }

  @Test
  void thePluginIsNamedAndItsTimesCounted() {
    keepers.kept(stack("bad.Writer"));
    assertThat(said())
        .singleElement()
        .asString()
        .startsWith("bad.Writer hung or burnt on a thread of many streams, once");
    keepers.kept(stack("bad.Writer"));
    assertThat(said()).singleElement().asString().contains("2 times");
  }

  @Test
  void whatNobodyOwnsIsSaidToo() {
    keepers.kept(stack("good.Writer"));
    assertThat(said()).singleElement().asString().startsWith("something hung");
  }

  @Test
  void itSaysNothingAboutWhoBurns() {
    problems.add("bad.Writer", "bad.Writer burns CPU");
    keepers.kept(stack("bad.Writer"));
    assertThat(said()).hasSize(2);
  }
}
