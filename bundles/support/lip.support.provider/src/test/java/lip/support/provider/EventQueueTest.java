package lip.support.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import lip.api.event.Event;
import lip.api.event.StreamClosed;
import lip.api.failure.UpstreamFailure;
import org.junit.jupiter.api.Test;

class EventQueueTest {
  private static final UpstreamFailure BROKEN = ProviderFailures.broken("it broke");

  private final Deque<Event> decoded = new ArrayDeque<>();
  private final Deque<Runnable> steps = new ArrayDeque<>();
  private final EventQueue queue = new EventQueue(decoded, this::advance);

  /** Each step is there to read; behind the last one the provider is silent. */
  private boolean advance(boolean wait) {
    Runnable step = steps.poll();
    if (step == null) {
      assertThat(wait).as("it would wait for ever").isFalse();
      return false;
    }
    step.run();
    return true;
  }

  private void say(String... words) {
    steps.add(() -> {
      for (String word : words) {
        decoded.add(new Event.TextDelta(word));
      }
    });
  }

  private String text() throws UpstreamFailure {
    return queue.next() instanceof Event.TextDelta(String text) ? text : "none";
  }

  @Test
  void eventsThenTheEnd() throws Exception {
    say("a", "b");
    say();
    say("c");
    steps.add(queue::end);

    queue.begin();

    assertThat(steps).as("not read yet").hasSize(3);
    assertThat(List.of(text(), text(), text())).containsExactly("a", "b", "c");
    assertThat(queue.next()).isNull();
    assertThat(queue.next()).isNull();
    assertThat(queue.ready()).isTrue();
  }

  @Test
  void aFailureComesBehindTheEvents() throws Exception {
    steps.add(() -> {
      decoded.add(new Event.TextDelta("a"));
      queue.fail(BROKEN);
    });

    queue.begin();

    assertThat(text()).isEqualTo("a");
    assertThat(queue.ready()).isTrue();
    assertThatThrownBy(queue::next).isSameAs(BROKEN);
    assertThatThrownBy(queue::next).isSameAs(BROKEN);
  }

  @Test
  void aFailureBeforeTheFirstEventIsThrownAtOnce() {
    say();
    steps.add(() -> queue.fail(BROKEN));

    assertThatThrownBy(queue::begin).isSameAs(BROKEN);
  }

  @Test
  void readyReadsWhatIsThereAndNeverWaits() throws Exception {
    assertThat(queue.ready()).isFalse();
    say();
    assertThat(queue.ready()).isFalse();
    say();
    say("a");
    assertThat(queue.ready()).isTrue();
    assertThat(text()).isEqualTo("a");
  }

  @Test
  void whoeverAsksAClosedOneIsTold() {
    say("a");
    queue.close();

    assertThat(queue.ready()).isFalse();
    assertThatThrownBy(queue::next).isInstanceOf(StreamClosed.class);
  }
}
