package lip.testing.conformance.backend;

import static lip.testing.kit.EventsAssert.assertThatEvents;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import lip.api.call.Call;
import lip.api.capability.Capability;
import lip.api.capability.Needs;
import lip.api.event.Event;
import lip.api.event.EventStream;
import lip.sdk.backend.Backend;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Each capability that a backend declares is one: what a client asks for with it reaches the
 * provider, in one request, which is answered. For backends with a provider; the core keeps the
 * calls away that need what is not declared.
 */
public interface DeclaredContract extends BackendContract {
  /** A model that is answered, whatever the call has. */
  String model();

  /** The bodies of all requests for answers that the provider received, in their order. */
  List<String> received() throws Exception;

  /**
   * What the body of a request has that asks for a capability which says nothing of its own:
   * streaming, one tool call at a time, much reasoning.
   */
  String wish(Capability capability);

  /** A call that uses a capability; null = there is none, and the test fails. */
  default @Nullable Call call(Capability capability) {
    return CapabilityCalls.ALL.get(capability);
  }

  /** One test for each capability declared for {@link #model()}. */
  @TestFactory
  default List<DynamicTest> whatIsDeclaredReachesTheProvider() throws Exception {
    List<DynamicTest> tests = new ArrayList<>();
    try (Backend backend = backend()) {
      assertThat(backend.capabilities(model()).all()).isNotEmpty();
      for (Capability capability : backend.capabilities(model()).all()) {
        tests.add(DynamicTest.dynamicTest(capability.id(), () -> reaches(capability)));
      }
    }
    return tests;
  }

  private void reaches(Capability capability) throws Exception {
    Call call = call(capability);
    if (call == null) {
      throw new AssertionError("there is no call that uses " + capability.id());
    }
    boolean wish = CapabilityCalls.WISHES.contains(capability);
    assertThat(Needs.of(call).has(capability)).as("the call needs it").isEqualTo(!wish);
    int before = received().size();
    List<Event> events;
    try (Backend backend = backend();
        EventStream stream = backend.open(TestAttempt.of(model(), call))) {
      events = BackendContract.read(stream);
    }
    assertThatEvents(events).areComplete();
    List<String> bodies = received();
    assertThat(bodies).as("one request, sent once").hasSize(before + 1);
    assertThat(bodies.getLast()).contains(wish ? wish(capability) : CapabilityCalls.MARK);
  }
}
