package lip.core.executor;

import static lip.core.executor.World.END;
import static lip.core.executor.World.MESSAGE;
import static lip.core.executor.World.START;
import static lip.core.executor.World.all;
import static lip.core.executor.World.call;
import static lip.core.executor.World.live;
import static lip.core.executor.World.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import lip.api.Dialect;
import lip.api.event.Event;
import lip.api.failure.Failure;
import lip.api.failure.FailureClass;
import lip.api.failure.UpstreamFailure;
import lip.core.executor.World.Fake;
import lip.core.executor.World.Front;
import lip.core.executor.World.Steps;
import lip.core.gateway.PinnedExchange;
import lip.core.pipeline.LogLines;
import lip.sdk.backend.ProviderNotes;
import lip.sdk.backend.RateLimit;
import lip.sdk.frontend.Answer;
import lip.sdk.frontend.CallFailed;
import lip.sdk.http.Headers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a provider says in its head about the caller reaches the client in the client's words. */
class NotesTest {
  private static final Event[] WHOLE = {START, MESSAGE, text("hi"), END};

  private final World world = new World();

  @BeforeEach
  void theFrontendHasWords() {
    Front.words =
        (notes, now) -> Headers.of("X-Left", notes.limits().getFirst().remaining() + " at " + now);
  }

  @AfterEach
  void itForgets() {
    Front.words = (_, _) -> Headers.NONE;
  }

  private static ProviderNotes notes(long remaining) {
    return new ProviderNotes(
        new Dialect("test"),
        "req_" + remaining,
        Headers.of("x-remaining", "" + remaining),
        List.of(new RateLimit("requests", null, remaining, null)));
  }

  @Test
  void anAnswerIsTold() throws Exception {
    world.publish(
        live(
            "a",
            new Fake(attempt -> {
              attempt.notes(notes(7));
              return Steps.of(WHOLE);
            }),
            0));
    try (LogLines log =
        new LogLines(AttemptRecord.class.getName(), ch.qos.logback.classic.Level.DEBUG)) {
      try (PinnedExchange exchange = world.admit();
          Answer answer = exchange.calls().open(call("m"))) {
        assertThat(exchange.headers().first("X-Left")).startsWith("7 at ");
        assertThat(exchange.headers().first("X-LIP-Upstream-Request-Id")).isEqualTo("req_7");
        all(answer);
      }
      assertThat(log.lines()).singleElement().asString().endsWith("upstream=req_7");
    }
  }

  @Test
  void aRefusalIsToldByTheLastAttempt() throws Exception {
    world.publish(
        live("a", new Fake(attempt -> refuse(attempt, 1)), 0),
        live("b", new Fake(attempt -> refuse(attempt, 2)), 0));
    try (PinnedExchange exchange = world.admit()) {
      assertThatExceptionOfType(CallFailed.class)
          .isThrownBy(() -> exchange.calls().open(call("a:m")));
      assertThat(exchange.headers().first("X-Left")).startsWith("1 at ");
    }
  }

  private static lip.api.event.EventStream refuse(lip.sdk.backend.Attempt attempt, long remaining)
      throws UpstreamFailure {
    attempt.notes(notes(remaining));
    throw new UpstreamFailure(Failure.of(FailureClass.RATE_LIMITED, "slow down"));
  }

  @Test
  void aFrontendThatCannotSayItIsBlamedAndTheAnswerGoesOut() throws Exception {
    Front.words =
        (_, _) -> {
          throw new IllegalStateException("broken");
        };
    world.publish(
        live(
            "a",
            new Fake(attempt -> {
              attempt.notes(notes(7));
              return Steps.of(WHOLE);
            }),
            0));
    try (PinnedExchange exchange = world.admit();
        Answer answer = exchange.calls().open(call("m"))) {
      assertThat(exchange.headers().fields()).isEmpty();
      assertThat(all(answer)).hasSize(WHOLE.length);
    }
  }

  @Test
  void unsafeValuesAreLeftOut() {
    Headers many = Headers.NONE;
    for (int i = 0; i < 100; i++) {
      many = many.plus("x-" + i, "v");
    }
    ProviderNotes notes =
        new ProviderNotes(new Dialect("test"), "a".repeat(257), many.plus("y", "é"), List.of());
    assertThat(notes.requestId()).isNull();
    assertThat(notes.fields().fields()).hasSize(ProviderNotes.FIELDS);
    assertThat(
            new ProviderNotes(
                    new Dialect("test"),
                    null,
                    Headers.of("a", "é", "b", "x".repeat(257), "c", "", "d", "12"),
                    List.of())
                .fields()
                .fields())
        .extracting(Headers.Field::name)
        .containsExactly("d");
  }
}
