package lip.testing.system.parity;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** An instance for the tests of one class, from the first to the last. */
final class OwnParityInstance implements BeforeAllCallback, AfterAllCallback {
  private @Nullable ParityInstance instance;

  ParityInstance get() {
    if (instance == null) {
      throw new IllegalStateException("no test runs");
    }
    return instance;
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    instance = new ParityInstance();
  }

  @Override
  public void afterAll(ExtensionContext context) {
    if (instance != null) {
      instance.close();
    }
  }
}
