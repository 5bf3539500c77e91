package lip.testing.inframework;

import java.util.Objects;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Starts the platform before the first class that wants it; it is stopped behind the last one. */
final class InFramework implements BeforeAllCallback, ParameterResolver {
  @Override
  public void beforeAll(ExtensionContext context) {
    platform(context);
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Platform.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return platform(context);
  }

  private static Platform platform(ExtensionContext context) {
    return Objects.requireNonNull(
        context
            .getRoot()
            .getStore(ExtensionContext.Namespace.create(InFramework.class))
            .getOrComputeIfAbsent("platform", _ -> Platform.start(), Platform.class));
  }
}
