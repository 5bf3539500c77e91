package lip.testing.conformance.backend;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import lip.api.event.EventStream;
import lip.sdk.backend.Attempt;
import lip.sdk.backend.Backend;
import lip.testing.conformance.Waiting;
import org.junit.jupiter.api.Test;

/** {@code ready()} never promises an event that is not there: output would wait unsent. */
public interface ReadyContract extends BackendContract {
  /** An attempt that is answered at once, in several pieces. */
  Attempt answered() throws Exception;

  /** An attempt whose answer begins and then says nothing for much longer than a test waits. */
  Attempt silent() throws Exception;

  /** Asking takes nothing from the answer, also at its end. */
  @Test
  default void askingChangesNothing() throws Exception {
    try (Backend backend = backend();
        EventStream stream = backend.open(answered());
        EventStream asked = backend.open(answered())) {
      int events = BackendContract.read(stream).size();
      int seen =
          Waiting.begin(
                  () -> {
                    int count = 0;
                    int promised = asked.ready() ? 1 : 0;
                    while (asked.next() != null) {
                      count++;
                      promised += asked.ready() ? 1 : 0;
                    }
                    // The end itself may be promised too, as may the null behind it.
                    assertThat(promised).isLessThanOrEqualTo(count + 1);
                    return count;
                  })
              .result();
      assertThat(seen).isEqualTo(events);
    }
  }

  /** When the provider is silent, what is left is not ready. */
  @Test
  default void aSilentStreamIsNotReady() throws Exception {
    try (Backend backend = backend();
        EventStream stream = backend.open(silent())) {
      int taken =
          Waiting.begin(
                  () -> {
                    int events = 0;
                    while (stream.ready()) {
                      stream.next();
                      events++;
                    }
                    return events;
                  })
              .result();
      assertThat(taken).isNotNegative();
      assertThat(stream.ready()).isFalse();
    }
  }

  /** A reader that waits without a thread, where the stream offers that, gets the same events. */
  @Test
  default void waitingWithoutAThreadLosesNothing() throws Exception {
    try (Backend backend = backend();
        EventStream stream = backend.open(answered());
        EventStream awaited = backend.open(answered())) {
      int events = BackendContract.read(stream).size();
      int seen =
          Waiting.begin(
                  () -> {
                    int count = 0;
                    while (true) {
                      CountDownLatch looked = new CountDownLatch(1);
                      if (!awaited.ready() && awaited.whenReady(looked::countDown)) {
                        looked.await();
                      } else if (awaited.next() == null) {
                        return count;
                      } else {
                        count++;
                      }
                    }
                  })
              .result();
      assertThat(seen).isEqualTo(events);
    }
  }

  /** Who waits without a thread is told of the end. */
  @Test
  default void closingTellsWhoWaitsWithoutAThread() throws Exception {
    try (Backend backend = backend()) {
      EventStream stream = backend.open(silent());
      CountDownLatch looked = new CountDownLatch(1);
      boolean waits =
          Waiting.begin(
                  () -> {
                    while (stream.ready()) {
                      stream.next();
                    }
                    return stream.whenReady(looked::countDown);
                  })
              .result();
      stream.close();
      if (waits) {
        Waiting.begin(
                () -> {
                  looked.await();
                  return true;
                })
            .result();
      }
    }
  }
}
