package lip.support.sse;

/**
 * Where a reader gets its bytes from; a method reference such as {@code reply::read} is one.
 *
 * @param <E> what reading may throw
 */
@FunctionalInterface
public interface ByteSource<E extends Exception> {
  /** Reads at least one byte, or returns -1 at the end. */
  int read(byte[] buffer, int offset, int length) throws E;

  /**
   * Is told how large the reader's buffer is going to be; refuses it by throwing.
   *
   * @param bytes what the reader holds from now on, in all
   */
  default void hold(int bytes) throws E {}
}
