package lip.testing.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import lip.api.failure.UpstreamFailure;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a relayed delta allocates stays small, for every pair and without a warm compiler. */
class RelayedDeltaTest {
  private static final int DELTAS = 5_000;
  private static final long MOST = 1_024;

  @ParameterizedTest
  @CsvSource({"chat,chat", "chat,messages", "messages,chat", "messages,messages"})
  void aDeltaAllocatesAtMostOneKilobyte(String provider, String client) throws UpstreamFailure {
    RelayBenchmark relay = new RelayBenchmark();
    relay.provider = provider;
    relay.client = client;
    relay.open();
    for (int i = 0; i < DELTAS; i++) {
      assertThat(relay.relayDelta()).isPositive();
    }
    var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < DELTAS; i++) {
      relay.relayDelta();
    }
    long each = (threads.getCurrentThreadAllocatedBytes() - before) / DELTAS;
    assertThat(each).as("bytes for a delta").isPositive().isLessThanOrEqualTo(MOST);
  }
}
