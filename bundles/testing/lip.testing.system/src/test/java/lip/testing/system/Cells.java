package lip.testing.system;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;

/**
 * Counts the cells of a table of tests. One that ends with the client's exception for status 400 is
 * refused: legal when, and only when, it stands in {@code refused.txt}.
 */
final class Cells implements InvocationInterceptor, AfterAllCallback {
  private final Set<String> ran = new TreeSet<>();
  private final Set<String> refused = new TreeSet<>();
  private int green;

  @Override
  public void interceptTestTemplateMethod(
      Invocation<Void> invocation,
      ReflectiveInvocationContext<Method> method,
      ExtensionContext context)
      throws Throwable {
    String cell = method.getExecutable().getName() + ": " + context.getDisplayName();
    ran.add(cell);
    try {
      invocation.proceed();
      green++;
    } catch (com.openai.errors.BadRequestException
        | com.anthropic.errors.BadRequestException refusal) {
      if (!listed().contains(cell)) {
        throw refusal;
      }
      refused.add(cell);
    }
  }

  /** A cell that is no longer refused must leave the list. */
  @Override
  public void afterAll(ExtensionContext context) throws IOException {
    Set<String> others = new TreeSet<>(listed());
    others.retainAll(ran);
    others.removeAll(refused);
    System.out.printf("cells %d, green %d, refused %d%n", ran.size(), green, refused.size());
    if (!others.isEmpty()) {
      throw new AssertionError("listed in refused.txt, but not refused: " + others);
    }
  }

  private static List<String> listed() throws IOException {
    try (InputStream list = Cells.class.getResourceAsStream("refused.txt")) {
      if (list == null) {
        throw new IllegalStateException("no refused.txt");
      }
      return new String(list.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .toList();
    }
  }
}
