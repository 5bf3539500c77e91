package lip.testing.conformance.frontend;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import lip.api.failure.Failure;
import lip.api.failure.FailureClass;
import lip.sdk.frontend.ErrorReply;
import lip.sdk.frontend.Frontend;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every way a request can fail has its form in the client's protocol. */
public interface FailureRenderingContract extends FrontendContract {
  /** The status for a class; a protocol that has its own says so here. */
  default int status(FailureClass kind) {
    return kind.httpStatus();
  }

  /** All classes there are. */
  static List<FailureClass> classes() {
    return Arrays.stream(FailureClass.class.getFields())
        .filter(field -> Modifier.isStatic(field.getModifiers()))
        .filter(field -> field.getType() == FailureClass.class)
        .map(field -> {
          try {
            return (FailureClass) field.get(null);
          } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
          }
        })
        .toList();
  }

  /** Status, content type, a body that the protocol's clients can read, nothing internal. */
  @TestFactory
  default List<DynamicTest> everyClassHasItsErrorReply() {
    List<DynamicTest> tests = new ArrayList<>();
    for (FailureClass kind : classes()) {
      tests.add(DynamicTest.dynamicTest(kind.id(), () -> render(kind, status(kind))));
    }
    return tests;
  }

  /** A class that is younger than the frontend keeps its status. */
  @Test
  default void aClassThatIsNotKnownKeepsItsStatus() throws Exception {
    render(new FailureClass("younger_than_this", 418), 418);
  }

  private void render(FailureClass kind, int status) throws Exception {
    Failure failure =
        Failure.builder(kind, "what the client may know")
            .detail("what only the log may know")
            .build();
    try (Frontend frontend = frontend()) {
      ErrorReply reply = frontend.render(failure);
      complete(reply);
      assertThat(reply.status()).isEqualTo(status);
      String body = new String(reply.body(), StandardCharsets.UTF_8);
      assertThat(body).doesNotContain("only the log");
      if (status >= 400 && status < 500 && !kind.equals(FailureClass.CANCELLED)) {
        assertThat(body).as("the client's own mistake is explained").contains("client may know");
      }
    }
  }

  /** Clients start a login at 401: a refused key of ours is never shown as one. */
  @Test
  default void aRefusedKeyOfOursIsNoLoginForTheClient() throws Exception {
    try (Frontend frontend = frontend()) {
      Failure failure =
          Failure.builder(FailureClass.UPSTREAM_AUTH, "refused").upstreamStatus(401).build();
      assertThat(frontend.render(failure).status()).isNotIn(401, 403);
    }
  }

  /** A wait that the provider named reaches the client. */
  @Test
  default void theWaitIsPassedOn() throws Exception {
    try (Frontend frontend = frontend()) {
      Failure failure =
          Failure.builder(FailureClass.RATE_LIMITED, "slow down")
              .retryAfter(Duration.ofSeconds(7))
              .build();
      assertThat(frontend.render(failure).headers().first("Retry-After")).isEqualTo("7");
    }
  }

  /** Before output a failure has its own status, whether the client streams or not. */
  @Test
  default void aFailureBeforeOutputHasItsOwnStatus() throws Exception {
    for (SampleRequest request : List.of(streamed(), whole())) {
      RecordedExchange exchange =
          handle(
              request, CapturingCalls.failing(Failure.of(FailureClass.RATE_LIMITED, "slow down")));
      assertThat(exchange.end()).isEqualTo(RecordedExchange.End.WHOLE);
      assertThat(exchange.status()).isEqualTo(status(FailureClass.RATE_LIMITED));
      readable(exchange.responseBody());
    }
  }
}
