package lip.core.executor;

import static lip.core.executor.World.END;
import static lip.core.executor.World.MESSAGE;
import static lip.core.executor.World.START;
import static lip.core.executor.World.all;
import static lip.core.executor.World.call;
import static lip.core.executor.World.live;
import static lip.core.executor.World.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import ch.qos.logback.classic.Level;
import lip.api.event.Event;
import lip.api.event.Usage;
import lip.api.failure.Failure;
import lip.api.failure.FailureClass;
import lip.api.failure.UpstreamFailure;
import lip.core.executor.World.Fake;
import lip.core.executor.World.Steps;
import lip.core.gateway.EndCause;
import lip.core.gateway.PinnedExchange;
import lip.core.pipeline.LogLines;
import lip.sdk.frontend.Answer;
import org.junit.jupiter.api.Test;

class AttemptRecordTest {
  private final World world = new World();

  @Test
  void aWholeAnswerIsOneLineAtDebug() throws Exception {
    Event usage = new Event.UsageReport(Usage.of(12, 34));
    world.publish(
        live("a", new Fake(_ -> Steps.of(START, MESSAGE, text("secret text"), usage, END)), 0));
    try (LogLines log = new LogLines(AttemptRecord.class.getName(), Level.DEBUG)) {
      try (PinnedExchange exchange = world.admit();
          Answer answer = exchange.calls().open(call("a:gpt"))) {
        all(answer);
      }
      assertThat(log.lines())
          .singleElement()
          .asString()
          .startsWith("attempt ended: call=t1 aleg=a_")
          .contains(
              " number=1 backend=a model=gpt reason=model_prefix outcome=success failure=- ms=")
          .endsWith("input=12 output=34 upstream=-")
          .doesNotContain("secret");
    }
  }

  @Test
  void failuresAndCancellationsAreOneLineEach() throws Exception {
    try (LogLines log = new LogLines(AttemptRecord.class.getName())) {
      world.publish(
          live(
              "a",
              new Fake(_ -> {
                throw new UpstreamFailure(
                    Failure.builder(FailureClass.RATE_LIMITED, "slow down")
                        .upstreamStatus(429)
                        .build());
              }),
              0));
      try (PinnedExchange exchange = world.admit()) {
        assertThat(catchThrowable(() -> exchange.calls().open(call("m")))).isNotNull();
      }
      world.publish(live("a", new Fake(_ -> Steps.of(START, MESSAGE, text("x"))), 0));
      try (PinnedExchange exchange = world.admit();
          Answer answer = exchange.calls().open(call("m"))) {
        all(answer);
      }
      try (PinnedExchange exchange = world.admit()) {
        exchange.calls().open(call("m"));
        exchange.end(EndCause.CLIENT_GONE);
      }
      assertThat(log.lines()).hasSize(3);
      assertThat(log.lines().get(0)).contains("outcome=surfaced_failure failure=rate_limited/429");
      assertThat(log.lines().get(1)).contains("outcome=surfaced_failure failure=upstream/0");
      assertThat(log.lines().get(2)).contains("outcome=cancelled failure=cancelled/0");
    }
  }
}
