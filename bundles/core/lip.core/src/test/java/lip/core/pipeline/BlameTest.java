package lip.core.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import lip.core.snapshot.Entry;
import lip.sdk.feature.Feature;
import org.junit.jupiter.api.Test;

class BlameTest {
  private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
  private final Blame blame = new Blame(now::get);

  private void fail(Entry<Feature> entry, String where) {
    blame.on(entry, where, "trace\nid", new IllegalStateException("bug"));
  }

  @Test
  void onceASecondForEachPlaceAndEveryErrorCounts() {
    Entry<Feature> entry = Handlers.feature("redact");
    try (LogLines log = new LogLines(Blame.class.getName())) {
      fail(entry, "a");
      fail(entry, "a");
      fail(entry, "a");
      fail(entry, "b");
      assertThat(log.lines()).hasSize(2);
      now.set(Instant.EPOCH.plusSeconds(2));
      fail(entry, "a");
      now.set(Instant.EPOCH.plusSeconds(4));
      fail(entry, "a");
      assertThat(log.lines()).hasSize(4);
      assertThat(log.lines().getFirst())
          .isEqualTo(
              "plugin failed: family=feature instance=redact kind=redact at=a call=trace\\u000aid"
                  + " errors=1 unsaid=0");
      assertThat(log.lines().get(2)).endsWith("unsaid=2");
      assertThat(log.lines().get(3)).endsWith("unsaid=0");
    }
    assertThat(entry.errors()).isEqualTo(6);
  }

  @Test
  void placesAreBounded() {
    try (LogLines log = new LogLines(Blame.class.getName())) {
      for (int i = 0; i < 3_000; i++) {
        fail(Handlers.feature("f" + i), "a");
      }
      assertThat(log.lines()).hasSize(3_000);
    }
  }
}
