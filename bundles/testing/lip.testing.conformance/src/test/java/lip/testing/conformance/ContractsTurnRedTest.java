package lip.testing.conformance;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import lip.api.capability.Capabilities;
import lip.api.capability.Capability;
import lip.api.event.Event;
import lip.api.event.EventStream;
import lip.api.event.StreamClosed;
import lip.api.failure.Failure;
import lip.api.failure.FailureClass;
import lip.sdk.backend.Attempt;
import lip.sdk.backend.Backend;
import lip.sdk.feature.StageId;
import lip.sdk.feature.StreamStage;
import lip.testing.conformance.backend.CancellationContract;
import lip.testing.conformance.backend.DeclaredContract;
import lip.testing.conformance.backend.StreamingContract;
import lip.testing.conformance.backend.TestAttempt;
import lip.testing.conformance.feature.StreamStageContract;
import lip.testing.kit.Events;
import lip.testing.kit.FixedEventStream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;

/** A contract that nothing can break proves nothing. */
class ContractsTurnRedTest {
  private record Answers(List<Event> events) implements Backend {
    @Override
    public EventStream open(Attempt attempt) {
      return FixedEventStream.of(events);
    }

    @Override
    public Capabilities capabilities(String model) {
      return Capabilities.of();
    }
  }

  private record Streaming(List<Event> events) implements StreamingContract {
    @Override
    public Backend backend() {
      return new Answers(events);
    }

    @Override
    public Attempt answered() {
      return TestAttempt.of("test-model", "hello");
    }

    @Override
    public String text() {
      return "one two";
    }
  }

  private record Handles(StreamStage handler) implements StreamStageContract {
    @Override
    public StageId stage() {
      return StageId.STREAM_EVENT_MUTATION;
    }
  }

  @Test
  void aGoodBackendIsGreen() {
    Streaming good = new Streaming(Events.text("one", " two"));
    assertThatCode(good::theOrderOfEventsIsLegalAndOneTerminalEventIsLast)
        .doesNotThrowAnyException();
    assertThatCode(good::theTextIsKeptToTheCharacter).doesNotThrowAnyException();
    assertThatCode(good::streamsOfOneInstanceDoNotMix).doesNotThrowAnyException();
  }

  @Test
  void aBackendWithoutItsEndALostWordOrAFailedEventIsRed() {
    List<Event> whole = Events.text("one", " two");
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(
            new Streaming(whole.subList(0, 4))::theOrderOfEventsIsLegalAndOneTerminalEventIsLast);
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(new Streaming(Events.text("one"))::theTextIsKeptToTheCharacter);
    List<Event> failed =
        List.of(
            Event.ResponseStarted.PLAIN,
            new Event.Failed(Failure.of(FailureClass.UPSTREAM, "made by the backend")));
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(new Streaming(failed)::theOrderOfEventsIsLegalAndOneTerminalEventIsLast);
  }

  private record Declaring(String sent, int requests, Capability... all)
      implements DeclaredContract {
    private static final List<String> BODIES = new ArrayList<>();

    @Override
    public Backend backend() {
      BODIES.clear();
      return new Backend() {
        @Override
        public EventStream open(Attempt attempt) {
          BODIES.addAll(Collections.nCopies(requests, sent));
          return FixedEventStream.of(Events.text("one"));
        }

        @Override
        public Capabilities capabilities(String model) {
          return Capabilities.of(all);
        }
      };
    }

    @Override
    public String model() {
      return "m";
    }

    @Override
    public List<String> received() {
      return List.copyOf(BODIES);
    }

    @Override
    public String wish(Capability capability) {
      return "streamed";
    }

    void run() throws Throwable {
      for (DynamicTest test : whatIsDeclaredReachesTheProvider()) {
        test.getExecutable().execute();
      }
    }
  }

  @Test
  void whatIsDeclaredAndNotSentSentTwiceOrUnknownIsRed() {
    assertThatCode(new Declaring("streamed", 1, Capability.STREAMING)::run)
        .doesNotThrowAnyException();
    List<Declaring> red =
        List.of(
            new Declaring("nothing", 1, Capability.STREAMING),
            new Declaring("nothing", 1, Capability.VISION),
            new Declaring("streamed", 2, Capability.STREAMING),
            new Declaring("streamed", 0, Capability.STREAMING),
            new Declaring("streamed", 1, new Capability("telepathy")),
            new Declaring("streamed", 1));
    for (Declaring one : red) {
      assertThatExceptionOfType(AssertionError.class).isThrownBy(one::run);
    }
  }

  @Test
  void aStreamThatEndsQuietlyWhenClosedIsRed() {
    CancellationContract quiet =
        new CancellationContract() {
          @Override
          public Backend backend() {
            return new Answers(Events.text("one"));
          }

          @Override
          public Attempt silent() {
            return TestAttempt.of("test-model", "hello");
          }
        };
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(quiet::closingFromAnotherThreadEndsTheReadAndTheUpstream);
    assertThatCode(quiet::readingAfterTheCloseSaysSo).doesNotThrowAnyException();
    assertThatExceptionOfType(StreamClosed.class)
        .isThrownBy(() -> {
          EventStream stream = quiet.backend().open(quiet.silent());
          stream.close();
          stream.next();
        });
  }

  @Test
  void aHandlerThatPassesEverythingOnIsGreen() {
    Handles good = new Handles(context -> (event, out) -> out.emit(event));
    assertThatCode(good::everyAnswerLeavesInOrderWithItsEnd).doesNotThrowAnyException();
    assertThatCode(good::attemptsDoNotShareState).doesNotThrowAnyException();
    assertThatCode(good::eventsThatAreNotKnownArePassedOn).doesNotThrowAnyException();
    assertThatCode(good::whatTheOutThrowsRises).doesNotThrowAnyException();
  }

  @Test
  void aHandlerOutOfOrderOrWithSharedStateIsRed() {
    Handles twice =
        new Handles(context ->
            (event, out) -> {
              out.emit(event);
              out.emit(event);
            });
    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(twice::everyAnswerLeavesInOrderWithItsEnd);
    int[] seen = new int[1];
    Handles shared =
        new Handles(context ->
            (event, out) -> {
              if (!(event instanceof Event.TextDelta) || seen[0]++ % 3 == 0) {
                out.emit(event);
              }
            });
    assertThatExceptionOfType(AssertionError.class).isThrownBy(shared::attemptsDoNotShareState);
  }
}
