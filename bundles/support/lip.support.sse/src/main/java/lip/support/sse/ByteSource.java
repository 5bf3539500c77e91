package lip.support.sse;

/**
 * Where a reader gets its bytes from; made for method references such as {@code reply::read}.
 *
 * @param <E> what reading may throw
 */
@FunctionalInterface
public interface ByteSource<E extends Exception> {
  /** Reads at least one byte, or returns -1 at the end. */
  int read(byte[] buffer, int offset, int length) throws E;
}
