package lip.testing.conformance.backend;

import static lip.testing.kit.EventsAssert.assertThatEvents;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.ArrayList;
import java.util.List;
import lip.api.event.Event;
import lip.api.event.EventStream;
import lip.api.event.StreamClosed;
import lip.sdk.backend.Attempt;
import lip.sdk.backend.Backend;
import lip.testing.conformance.Waiting;
import org.junit.jupiter.api.Test;

/** A text answer comes whole, in order, with an end. */
public interface StreamingContract extends BackendContract {
  /** An attempt that is answered with the text {@link #text()} in several pieces. */
  Attempt answered() throws Exception;

  /** What the answer says. */
  String text();

  /** First the start, then a message, then content, one end. */
  @Test
  default void theOrderOfEventsIsLegalAndOneTerminalEventIsLast() throws Exception {
    try (Backend backend = backend();
        EventStream stream = backend.open(answered())) {
      List<Event> events = BackendContract.read(stream);
      assertThatEvents(events).areComplete();
      assertThat(events.getFirst()).isInstanceOf(Event.ResponseStarted.class);
      assertThat(events.getLast())
          .as("a backend throws its failures, only the core makes Failed of them")
          .isNotInstanceOf(Event.Failed.class);
    }
  }

  /** The pieces, joined, are the answer. */
  @Test
  default void theTextIsKeptToTheCharacter() throws Exception {
    try (Backend backend = backend();
        EventStream stream = backend.open(answered())) {
      List<Event> events = BackendContract.read(stream);
      assertThatEvents(events).haveText(text());
      assertThat(events).as("no empty piece").doesNotContain(new Event.TextDelta(""));
    }
  }

  /** After the terminal event there is nothing, however often it is asked. */
  @Test
  default void nullFollowsTheTerminalEvent() throws Exception {
    try (Backend backend = backend();
        EventStream stream = backend.open(answered())) {
      BackendContract.read(stream);
      assertThat(stream.next()).isNull();
    }
  }

  /** Closing what has ended, and closing it again, is no error. */
  @Test
  default void closingIsIdempotent() throws Exception {
    try (Backend backend = backend()) {
      EventStream stream = backend.open(answered());
      BackendContract.read(stream);
      assertThatCode(stream::close).doesNotThrowAnyException();
      assertThatCode(stream::close).doesNotThrowAnyException();
      EventStream unread = backend.open(answered());
      assertThatCode(unread::close).doesNotThrowAnyException();
      assertThatCode(unread::close).doesNotThrowAnyException();
    }
  }

  /** Many requests share one instance. */
  @Test
  default void streamsOfOneInstanceDoNotMix() throws Exception {
    try (Backend backend = backend()) {
      List<Waiting.Work<List<Event>>> readers = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        readers.add(
            Waiting.begin(() -> {
              try (EventStream stream = backend.open(answered())) {
                return BackendContract.read(stream);
              }
            }));
      }
      for (Waiting.Work<List<Event>> reader : readers) {
        assertThatEvents(reader.result()).areComplete().haveText(text());
      }
    }
  }

  /**
   * The end of an instance leaves no reader behind: an open stream ends by one of the three ways.
   */
  @Test
  default void closingTheInstanceLeavesNoReaderBehind() throws Exception {
    Backend backend = backend();
    EventStream stream = backend.open(answered());
    backend.close();
    Waiting.begin(
            () -> {
              try {
                return BackendContract.read(stream);
              } catch (StreamClosed | lip.api.failure.UpstreamFailure e) {
                return List.of();
              }
            })
        .result();
    stream.close();
  }
}
