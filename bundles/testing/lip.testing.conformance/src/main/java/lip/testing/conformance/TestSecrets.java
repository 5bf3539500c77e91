package lip.testing.conformance;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import lip.sdk.secret.Secret;
import lip.sdk.secret.SecretUnavailable;
import org.jspecify.annotations.Nullable;

/** Secrets of a test, by reference; may be changed while it runs. Any thread. */
public final class TestSecrets implements Secret.Source {
  /** No secret is there. */
  static final Secret.Source NONE = new TestSecrets();

  private record Value(String text, long version) {}

  private final Map<String, Value> values = new ConcurrentHashMap<>();

  /** Sets or changes a value. */
  public TestSecrets set(String reference, String value) {
    values.merge(
        reference,
        new Value(value, 1),
        (before, now) -> new Value(now.text(), before.version() + 1));
    return this;
  }

  /** The secret behind a reference. */
  public Secret secret(String reference) {
    return new Secret(reference, this);
  }

  @Override
  public String reveal(String reference) throws SecretUnavailable {
    @Nullable Value value = values.get(reference);
    if (value == null) {
      throw new SecretUnavailable(reference + " is not set in this test");
    }
    return value.text();
  }

  @Override
  public long version(String reference) {
    @Nullable Value value = values.get(reference);
    return value == null ? 0 : value.version();
  }
}
