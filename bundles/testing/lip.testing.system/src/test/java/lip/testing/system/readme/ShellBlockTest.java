package lip.testing.system.readme;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ShellBlockTest {
  @Test
  void blocksAreFoundInOrderWithoutTheTestCommand() {
    String page =
        """
        text
        ```sh background
        ./lip run
        ```
        ```java
        not.a(shell);
        ```
        ```sh
        ./lip try "hello"
        ./lip test --all
        ```
        ```sh
        ./lip test
        ```
        """;
    assertThat(ShellBlock.of(page))
        .containsExactly(
            new ShellBlock(3, "./lip run\n", true),
            new ShellBlock(9, "./lip try \"hello\"\n", false));
  }
}
