package lip.core.instances;

import java.security.SecureRandom;
import java.util.HexFormat;
import lip.sdk.Ids;

/** Ids that cannot be guessed. */
final class RandomIds implements Ids {
  private final SecureRandom random = new SecureRandom();

  @Override
  public String next(String prefix) {
    byte[] bytes = new byte[16];
    random.nextBytes(bytes);
    return prefix + HexFormat.of().formatHex(bytes);
  }
}
