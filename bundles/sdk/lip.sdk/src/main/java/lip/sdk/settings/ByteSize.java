package lip.sdk.settings;

import java.util.Locale;

/**
 * An amount of bytes: {@code 1024}, {@code 64KiB}, {@code 32MiB}, {@code 1GiB}.
 *
 * @param bytes the amount, not negative
 */
public record ByteSize(long bytes) implements Comparable<ByteSize> {
  /** Checks. */
  public ByteSize {
    if (bytes < 0) {
      throw new IllegalArgumentException("a size cannot be negative");
    }
  }

  /**
   * Reads the grammar above; units in any case.
   *
   * @throws IllegalArgumentException with a message that says what to write
   */
  public static ByteSize parse(String text) {
    String lower = text.strip().toLowerCase(Locale.ROOT);
    int digits = 0;
    while (digits < lower.length() && lower.charAt(digits) >= '0' && lower.charAt(digits) <= '9') {
      digits++;
    }
    String unit = lower.substring(digits);
    long factor =
        switch (unit) {
          case "" -> 1;
          case "kib" -> 1L << 10;
          case "mib" -> 1L << 20;
          case "gib" -> 1L << 30;
          default -> 0;
        };
    if (digits == 0 || factor == 0) {
      throw new IllegalArgumentException("not a size; write bytes (8000000) or 8KiB, 8MiB, 8GiB");
    }
    try {
      return new ByteSize(Math.multiplyExact(Long.parseLong(lower.substring(0, digits)), factor));
    } catch (ArithmeticException | NumberFormatException e) {
      throw new IllegalArgumentException("too large", e);
    }
  }

  @Override
  public int compareTo(ByteSize other) {
    return Long.compare(bytes, other.bytes);
  }

  /** In the largest unit that fits without a rest. */
  @Override
  public String toString() {
    String[] units = {"", "KiB", "MiB", "GiB"};
    long value = bytes;
    int unit = 0;
    while (unit < 3 && value != 0 && value % 1024 == 0) {
      value /= 1024;
      unit++;
    }
    return value + units[unit];
  }
}
