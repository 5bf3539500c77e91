package lip.testing.conformance.backend;

import static lip.testing.kit.EventsAssert.assertThatEvents;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.List;
import lip.api.event.Event;
import lip.api.event.EventStream;
import lip.api.event.StreamClosed;
import lip.sdk.backend.Attempt;
import lip.sdk.backend.Backend;
import lip.testing.conformance.Waiting;
import org.junit.jupiter.api.Test;

/** Cancellation is {@code close()}: from any thread, at any time. */
public interface CancellationContract extends BackendContract {
  /** An attempt whose answer begins and then says nothing for much longer than a test waits. */
  Attempt silent() throws Exception;

  /** Waits until the provider has seen that the connection went; nothing to see = nothing to do. */
  default void awaitDisconnect() throws Exception {}

  /** A blocked read ends, and so does what is behind it. */
  @Test
  default void closingFromAnotherThreadEndsTheReadAndTheUpstream() throws Exception {
    try (Backend backend = backend()) {
      EventStream stream = backend.open(silent());
      List<Event> seen = new ArrayList<>();
      Waiting.Work<Void> reader =
          Waiting.<Void>begin(
                  () -> {
                    for (Event event; (event = stream.next()) != null; ) {
                      seen.add(event);
                    }
                    return null;
                  })
              .untilBlocked();
      stream.close();
      assertThat(reader.failure()).isInstanceOf(StreamClosed.class);
      assertThatEvents(seen).areInOrder();
      awaitDisconnect();
    }
  }

  /** After the close there is nothing to read. */
  @Test
  default void readingAfterTheCloseSaysSo() throws Exception {
    try (Backend backend = backend()) {
      EventStream stream = backend.open(silent());
      stream.close();
      assertThatExceptionOfType(StreamClosed.class).isThrownBy(stream::next);
      assertThatExceptionOfType(StreamClosed.class).isThrownBy(stream::next);
    }
  }

  /** Any number of threads may close, one stream leaves the others alone. */
  @Test
  default void oneStreamIsClosedByManyThreadsAndTheOtherGoesOn() throws Exception {
    try (Backend backend = backend()) {
      EventStream closed = backend.open(silent());
      EventStream other = backend.open(silent());
      List<Waiting.Work<Void>> closers = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        closers.add(
            Waiting.<Void>begin(() -> {
              closed.close();
              return null;
            }));
      }
      for (Waiting.Work<Void> closer : closers) {
        closer.result();
      }
      assertThat(other.next()).isInstanceOf(Event.ResponseStarted.class);
      other.close();
    }
  }
}
