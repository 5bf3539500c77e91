package lip.api.event;

import lip.api.failure.UpstreamFailure;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ConsumerType;

/** Events of one answer, pulled by one reader. */
@ConsumerType
public interface EventStream extends AutoCloseable {
  /**
   * Waits for the next event.
   *
   * @return the event; null after the terminal one
   * @throws UpstreamFailure when the answer broke off
   * @throws StreamClosed after {@link #close()}, also when it was called while this call waited
   */
  @Nullable Event next() throws UpstreamFailure;

  /**
   * Whether {@link #next()} would return without waiting. False when it cannot be told. Called by
   * the reader only.
   */
  default boolean ready() {
    return false;
  }

  /**
   * Waits without a thread: has {@code look} run once, when it is worth asking {@link #ready()}
   * again, that is when something has arrived or the stream is over. For the reader, after {@code
   * ready()} was false; until {@code look} runs nobody reads. It runs on a thread that waits for
   * many streams and must not be kept; it may come without a reason.
   *
   * <p>A stream that offers this promises that {@link #next()} does not block while {@code ready()}
   * is true.
   *
   * @return false = it will not run; {@link #next()} is the way to wait
   */
  default boolean whenReady(Runnable look) {
    return false;
  }

  /**
   * Ends the stream and what is behind it within milliseconds. Any thread, idempotent, never
   * blocks, never throws.
   */
  @Override
  void close();
}
