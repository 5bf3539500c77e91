package lip.testing.emulator;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A request and what became of its answer. Any thread. */
public final class Exchange {
  private final ReceivedRequest request;
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile Ending ending = Ending.RUNNING;
  private volatile int status;
  private volatile @Nullable Throwable bug;

  Exchange(ReceivedRequest request) {
    this.request = request;
  }

  /** What came. */
  public ReceivedRequest request() {
    return request;
  }

  /** Status of the answer; 0 before it is known. */
  public int status() {
    return status;
  }

  /** How the answer ended, {@link Ending#RUNNING} until then. */
  public Ending ending() {
    return ending;
  }

  /** Waits for the end of the answer, at most so long. */
  public Ending awaitEnding(Duration atMost) throws InterruptedException {
    // The time limit shows in the value returned.
    boolean _ = ended.await(atMost.toNanos(), TimeUnit.NANOSECONDS);
    return ending;
  }

  /** What the script threw instead of answering; null = nothing. */
  public @Nullable Throwable bug() {
    return bug;
  }

  void answering(int code) {
    status = code;
  }

  void failed(Throwable thrown) {
    bug = thrown;
  }

  void end(Ending how) {
    ending = how;
    ended.countDown();
  }
}
