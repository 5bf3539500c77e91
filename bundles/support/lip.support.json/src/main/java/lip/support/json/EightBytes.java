package lip.support.json;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Looks at eight bytes of a text at a time. A byte that is looked for is marked by its high bit.
 * The lowest mark is a true one; above it a borrow may have left others.
 */
final class EightBytes {
  /** Eight bytes of an array as one number, the first byte lowest. */
  static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /** The mark of the lowest byte. */
  static final long MARK = 0x80;

  private static final long ONES = 0x0101010101010101L;
  private static final long HIGH = 0x8080808080808080L;

  private EightBytes() {}

  /** Marks quotes. */
  static long quotes(long word) {
    return zero(word ^ ('"' * ONES)) & HIGH;
  }

  /** Marks backslashes. */
  static long backslashes(long word) {
    return zero(word ^ ('\\' * ONES)) & HIGH;
  }

  /** Marks quotes and backslashes. */
  static long quotesAndEscapes(long word) {
    return quotes(word) | backslashes(word);
  }

  /**
   * Marks what mostly follows a backslash: quote, n, t, r. Behind a backslash each mark is a true
   * one, since a borrow begins at a letter only.
   */
  static long usualLetters(long word) {
    return (zero(word ^ ('"' * ONES))
            | zero(word ^ ('n' * ONES))
            | zero(word ^ ('t' * ONES))
            | zero(word ^ ('r' * ONES)))
        & HIGH;
  }

  /** Marks control characters and what is beyond ASCII. */
  static long controlsAndBeyondAscii(long word) {
    return controls(word) | (word & HIGH);
  }

  /** Marks what does not stand for itself in a string: quotes, backslashes, control characters. */
  static long specialInUtf8(long word) {
    return quotesAndEscapes(word) | controls(word);
  }

  /** Marks the same and what is beyond ASCII. */
  static long special(long word) {
    return specialInUtf8(word) | (word & HIGH);
  }

  /** Marks question marks. */
  static long questionMarks(long word) {
    return zero(word ^ ('?' * ONES)) & HIGH;
  }

  /** The place of the first byte that is marked. */
  static int first(long marks) {
    return Long.numberOfTrailingZeros(marks) >>> 3;
  }

  private static long controls(long word) {
    return (word - ' ' * ONES) & ~word & HIGH;
  }

  private static long zero(long word) {
    return (word - ONES) & ~word;
  }
}
