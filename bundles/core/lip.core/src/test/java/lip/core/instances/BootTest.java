package lip.core.instances;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BootTest {
  private boolean started;
  private boolean settled;
  private long nanos = Long.MAX_VALUE - 1;
  private final Boot boot = new Boot(() -> started, () -> settled, () -> nanos);

  @Test
  void isOverWhenAllThatWasStartedServesAndStaysSo() {
    settled = true;
    assertThat(boot.over()).as("more bundles may come").isFalse();
    started = true;
    settled = false;
    assertThat(boot.over()).isFalse();
    settled = true;
    assertThat(boot.over()).isTrue();
    settled = false;
    assertThat(boot.over()).isTrue();
  }

  @Test
  void doesNotWaitForOneThatTakesItsTime() {
    started = true;
    assertThat(boot.over()).isFalse();
    nanos += Duration.ofMillis(2_999).toNanos();
    assertThat(boot.over()).isFalse();
    nanos += Duration.ofMillis(1).toNanos();
    assertThat(boot.over()).isTrue();
  }
}
