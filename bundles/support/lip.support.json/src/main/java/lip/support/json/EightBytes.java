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
  private static final long QUOTES = '"' * ONES;
  private static final long ESCAPES = '\\' * ONES;
  private static final long BLANKS = ' ' * ONES;

  private EightBytes() {}

  /** Marks quotes and backslashes. */
  static long quotesAndEscapes(long word) {
    return (zero(word ^ QUOTES) | zero(word ^ ESCAPES)) & HIGH;
  }

  /** Marks what does not stand for itself in a string: quotes, backslashes, control characters. */
  static long specialInUtf8(long word) {
    return quotesAndEscapes(word) | ((word - BLANKS) & ~word & HIGH);
  }

  /** Marks the same and what is beyond ASCII, which need not be kept out of the others then. */
  static long special(long word) {
    return (word | (word - BLANKS) | below(word ^ QUOTES) | below(word ^ ESCAPES)) & HIGH;
  }

  /** Marks backslashes, and falsely what is beyond ASCII. */
  static long backslashes(long word) {
    return below(word ^ ESCAPES) & HIGH;
  }

  /**
   * Marks what does not stand for itself in a string, unless it is an escape that is usual: a
   * backslash and quote, n, t or r.
   *
   * @param escapes the {@link #backslashes} of the word
   * @param letters the places behind them
   */
  static long rare(long word, long escapes, long letters) {
    // No borrow reaches the place behind a backslash, so each mark there is a true one.
    long quotes = below(word ^ QUOTES);
    long usual =
        quotes
            | below(word ^ ('n' * ONES))
            | below(word ^ ('t' * ONES))
            | below(word ^ ('r' * ONES));
    return (word | (word - BLANKS) | (quotes & ~letters) | (letters & (escapes | ~usual))) & HIGH;
  }

  /** Marks question marks. */
  static long questionMarks(long word) {
    return zero(word ^ ('?' * ONES)) & HIGH;
  }

  /** The place of the first byte that is marked. */
  static int first(long marks) {
    return Long.numberOfTrailingZeros(marks) >>> 3;
  }

  /** Marks what is zero, and what was beyond ASCII. */
  private static long below(long word) {
    return word - ONES;
  }

  private static long zero(long word) {
    return (word - ONES) & ~word;
  }
}
