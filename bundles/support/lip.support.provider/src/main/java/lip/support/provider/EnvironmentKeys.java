package lip.support.provider;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lip.sdk.Environment;
import lip.sdk.secret.Secret;
import lip.sdk.secret.SecretUnavailable;

/** Keys of the environment: a variable, and the same with {@code _2} to {@code _32} behind it. */
public final class EnvironmentKeys {
  private static final int MOST = 32;

  /** The environment of this process; a variable without a value is none. */
  public static final Environment OF_PROCESS =
      name -> Optional.ofNullable(System.getenv(name)).filter(value -> !value.isBlank());

  private EnvironmentKeys() {}

  /** The keys up to the first number that is missing. */
  public static List<Secret> of(Environment environment, String variable) {
    Secret.Source source =
        new Secret.Source() {
          @Override
          public String reveal(String reference) throws SecretUnavailable {
            return environment
                .get(reference.substring("env:".length()))
                .orElseThrow(() -> new SecretUnavailable(reference + " is not set"));
          }

          @Override
          public long version(String reference) {
            return 0;
          }
        };
    List<Secret> keys = new ArrayList<>();
    for (int i = 1; i <= MOST; i++) {
      String name = i == 1 ? variable : variable + "_" + i;
      if (environment.get(name).isEmpty()) {
        break;
      }
      keys.add(new Secret("env:" + name, source));
    }
    return keys;
  }
}
