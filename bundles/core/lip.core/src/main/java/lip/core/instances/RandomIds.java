package lip.core.instances;

import java.security.SecureRandom;
import java.util.HexFormat;
import lip.sdk.Ids;

/** Ids that cannot be guessed. */
final class RandomIds implements Ids {
  private static final int BYTES = 16;
  private static final int AHEAD = 64;

  private final SecureRandom random = new SecureRandom();

  // To ask the generator costs nearly the same for one as for many; each call needs three.
  private final byte[] ahead = new byte[AHEAD * BYTES];
  private int left;

  @Override
  public String next(String prefix) {
    synchronized (ahead) {
      if (left == 0) {
        random.nextBytes(ahead);
        left = AHEAD;
      }
      int from = --left * BYTES;
      return prefix + HexFormat.of().formatHex(ahead, from, from + BYTES);
    }
  }
}
