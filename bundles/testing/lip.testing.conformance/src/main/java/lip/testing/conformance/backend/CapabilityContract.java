package lip.testing.conformance.backend;

import static lip.testing.kit.EventsAssert.assertThatEvents;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import lip.api.call.Call;
import lip.api.capability.Capabilities;
import lip.api.capability.Needs;
import lip.api.event.Event;
import lip.api.event.EventStream;
import lip.api.failure.UpstreamFailure;
import lip.sdk.backend.Backend;
import lip.sdk.backend.ModelInfo;
import lip.sdk.backend.RawRequest;
import lip.sdk.http.Headers;
import lip.testing.conformance.Waiting;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What a backend says about itself is quick, steady and true. */
public interface CapabilityContract extends BackendContract {
  /** A model that is answered with text. */
  String model();

  /** Asked for every candidate of every request: no network, the same answer each time. */
  @Test
  default void capabilitiesAreQuickAndSteady() throws Exception {
    try (Backend backend = backend()) {
      for (String model : List.of(model(), "a-model-nobody-has")) {
        Capabilities first = Waiting.begin(() -> backend.capabilities(model)).result();
        assertThat(first).isNotNull().isEqualTo(backend.capabilities(model));
      }
    }
  }

  /** Models have names. */
  @Test
  default void theModelsHaveNamesOfTheirOwn() throws Exception {
    try (Backend backend = backend()) {
      List<ModelInfo> models = Waiting.begin(backend::models).result();
      assertThat(models).extracting(ModelInfo::id).doesNotHaveDuplicates();
      assertThat(models)
          .allSatisfy(model -> {
            assertThat(model.id()).isNotBlank();
            assertThat(model.ownedBy()).isNotBlank();
            assertThat(model.created()).isNotNegative();
          });
    }
  }

  /**
   * The core sends nobody what it has not declared; a stage may still change the call. Then it is
   * answered or refused, by an {@link UpstreamFailure} and nothing else.
   */
  @TestFactory
  default List<DynamicTest> whatIsNotDeclaredIsAnsweredOrRefusedCleanly() throws Exception {
    List<DynamicTest> tests = new ArrayList<>();
    try (Backend backend = backend()) {
      Capabilities declared = backend.capabilities(model());
      CapabilityCalls.ALL.forEach((capability, call) -> {
        if (!declared.has(capability)) {
          assertThat(Needs.of(call).has(capability))
              .as("the call needs it")
              .isEqualTo(!CapabilityCalls.WISHES.contains(capability));
          tests.add(DynamicTest.dynamicTest(capability.id(), () -> clean(call)));
        }
      });
    }
    return tests;
  }

  private void clean(Call call) throws Exception {
    try (Backend backend = backend()) {
      List<Event> events;
      try (EventStream stream = backend.open(TestAttempt.of(model(), call))) {
        events = BackendContract.read(stream);
      } catch (UpstreamFailure e) {
        assertThat(e.failure().message()).isNotBlank();
        return;
      }
      assertThatEvents(events).areComplete();
    }
  }

  /** A backend that relays nothing says so; one that does throws nothing but failures. */
  @Test
  default void anUnknownPathIsRelayedOrRefusedCleanly() throws Exception {
    try (Backend backend = backend()) {
      RawRequest request =
          new RawRequest("GET", "/nobody/has/this", Headers.NONE, InputStream.nullInputStream(), 0);
      try {
        backend.relay(request).close();
      } catch (UpstreamFailure e) {
        assertThat(e.failure().message()).isNotBlank();
      }
    }
  }
}
