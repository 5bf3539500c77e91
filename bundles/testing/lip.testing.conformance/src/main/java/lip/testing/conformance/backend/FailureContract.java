package lip.testing.conformance.backend;

import static lip.testing.kit.EventsAssert.assertThatEvents;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import lip.api.event.Event;
import lip.api.event.EventStream;
import lip.api.failure.Failure;
import lip.api.failure.FailureClass;
import lip.api.failure.UpstreamFailure;
import lip.sdk.backend.Attempt;
import lip.sdk.backend.Backend;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Every failure of a provider is an {@link UpstreamFailure} with its class, never anything else.
 */
public interface FailureContract extends BackendContract {
  /** Attempts that fail before any output, and the class of the failure. */
  Map<Attempt, FailureClass> failing() throws Exception;

  /** An attempt that breaks off after some text. */
  Attempt breaking() throws Exception;

  /** Before output: {@code open} throws, or the first read. */
  @TestFactory
  default List<DynamicTest> failuresBeforeOutputHaveTheirClass() throws Exception {
    List<DynamicTest> tests = new ArrayList<>();
    failing()
        .forEach((attempt, kind) ->
            tests.add(
                DynamicTest.dynamicTest(
                    attempt.model() + " is " + kind.id(), () -> failsWith(attempt, kind))));
    return tests;
  }

  private void failsWith(Attempt attempt, FailureClass kind) throws Exception {
    try (Backend backend = backend()) {
      assertThatExceptionOfType(UpstreamFailure.class)
          .isThrownBy(() -> {
            try (EventStream stream = backend.open(attempt)) {
              BackendContract.read(stream);
            }
          })
          .satisfies(e -> check(e.failure(), kind));
    }
  }

  private static void check(Failure failure, FailureClass kind) {
    assertThat(failure.kind()).isEqualTo(kind);
    assertThat(failure.message())
        .as("a message for the client: no class name, no stack")
        .isNotBlank()
        .doesNotContain("Exception", "\tat ")
        .doesNotContainPattern("\\b(java|lip)\\.[a-z]+\\.");
  }

  /** After output: what was said stays, then the read throws; closing is still no error. */
  @Test
  default void anAnswerThatBreaksOffKeepsWhatItSaidAndThenThrows() throws Exception {
    try (Backend backend = backend()) {
      EventStream stream = backend.open(breaking());
      List<Event> seen = new ArrayList<>();
      assertThatExceptionOfType(UpstreamFailure.class)
          .isThrownBy(() -> {
            for (Event event; (event = stream.next()) != null; ) {
              seen.add(event);
            }
          })
          .satisfies(e -> check(e.failure(), e.failure().kind()));
      assertThatEvents(seen).areInOrder();
      assertThat(seen).anyMatch(Event.TextDelta.class::isInstance).noneMatch(Event::terminal);
      assertThatCode(stream::close).doesNotThrowAnyException();
    }
  }
}
