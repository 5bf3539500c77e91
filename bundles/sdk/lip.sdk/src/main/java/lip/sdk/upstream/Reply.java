package lip.sdk.upstream;

import lip.api.failure.UpstreamFailure;
import lip.sdk.http.Headers;
import org.osgi.annotation.versioning.ProviderType;

/** The answer to an outbound request. Read by one thread; closed by any. */
@ProviderType
public interface Reply extends AutoCloseable {
  /** Status code. */
  int status();

  /** Head fields. */
  Headers headers();

  /**
   * Waits for body bytes.
   *
   * @return number of bytes, at least 1; -1 at the proper end of the body
   * @throws UpstreamFailure when the body is cut off, badly framed, or silent for longer than the
   *     idle limit
   * @throws lip.api.event.StreamClosed after {@link #close()}, also when it was called while this
   *     call waited
   */
  int read(byte[] buffer, int offset, int length) throws UpstreamFailure;

  /** Like {@link #read}, but takes only what has already arrived: 0 when it would have to wait. */
  int readNow(byte[] buffer, int offset, int length) throws UpstreamFailure;

  /**
   * Waits without a thread: has {@code look} run once, when it is worth calling {@link #readNow}
   * again: bytes arrived, or the answer is over. For the reader, after {@code readNow} gave 0. The
   * idle limit runs meanwhile. {@code look} runs on a thread that waits for many answers and must
   * not be kept; it may come without a reason.
   *
   * @return false = it will not run; {@link #read} is the way to wait
   */
  default boolean whenReadable(Runnable look) {
    return false;
  }

  /**
   * Reads the rest of the body.
   *
   * @param limit most bytes
   * @throws UpstreamFailure also when there are more
   */
  byte[] readAll(int limit) throws UpstreamFailure;

  /**
   * Says how many bytes of the answer the caller holds from now on, in all: to be called before
   * they are allocated, by whoever collects an event or a whole body. All answers together have a
   * bound ({@code max.inflight.answer.bytes}), up to 64 KiB each are not counted, and closing gives
   * back what is held. {@link #readAll} says it by itself. By the reading thread.
   *
   * @throws UpstreamFailure when there is no room for so many; then as many count as before
   */
  default void hold(long bytes) throws UpstreamFailure {}

  /**
   * Gives the connection back when the body was read to its end, else closes it. Any thread,
   * idempotent, never blocks: ends a blocked read and the socket within milliseconds.
   */
  @Override
  void close();
}
