package lip.testing.emulator;

import java.util.concurrent.CountDownLatch;

/** Holds an answer at a step until a test opens it: order without guessing times. */
public final class Gate {
  private final CountDownLatch latch = new CountDownLatch(1);

  /** Lets the answer go on. */
  public void open() {
    latch.countDown();
  }

  boolean isOpen() {
    return latch.getCount() == 0;
  }
}
