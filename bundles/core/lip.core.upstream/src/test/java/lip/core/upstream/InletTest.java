package lip.core.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InletTest {
  private final List<Integer> asked = new ArrayList<>();

  /** Gives at most so many bytes at once, and notes how many it was asked for. */
  private InputStream socket(byte[] bytes, int most) {
    return new ByteArrayInputStream(bytes) {
      @Override
      public int read(byte[] target, int offset, int length) {
        asked.add(length);
        return super.read(target, offset, Math.min(most, length));
      }
    };
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 100, 1_023, 1_024, 4_096, 100_000})
  void theBytesArriveInOrderHoweverTheyAreAskedFor(int most) throws IOException {
    Random random = new Random(most);
    for (int round = 0; round < 100; round++) {
      byte[] bytes = new byte[random.nextInt(40_000)];
      random.nextBytes(bytes);
      Inlet inlet = new Inlet(socket(bytes, most), () -> false, false);
      if (random.nextBoolean()) {
        inlet.expectAnswer();
      }
      int longest = 1 + random.nextInt(2_000);
      byte[] seen = new byte[bytes.length + longest];
      int count = 0;
      int read = 0;
      while (read >= 0) {
        count += read;
        read = inlet.read(seen, count, 1 + random.nextInt(longest));
        assertThat(read).isNotZero();
      }
      assertThat(Arrays.copyOf(seen, count)).isEqualTo(bytes);
    }
  }

  @Test
  void anAnswerIsTakenWholeAndWhatTrickleFollowsIsNotWaitedForWithMoreRoom() throws IOException {
    Inlet inlet = new Inlet(socket(new byte[3_000], 2_900), () -> false, false);
    inlet.expectAnswer();
    byte[] target = new byte[1_000];
    assertThat(inlet.read(target, 0, 1_000)).isEqualTo(1_000);
    assertThat(inlet.isReady()).isTrue();
    assertThat(inlet.read(target, 0, 1_000)).isEqualTo(1_000);
    assertThat(inlet.read(target, 0, 1_000)).isEqualTo(900);
    assertThat(inlet.isReady()).isFalse();
    assertThat(inlet.read(target, 0, 1_000)).isEqualTo(100);
    assertThat(asked).containsExactly(4_096, 1_000);
  }

  @Test
  void whoeverWasFilledAsksForMore() throws IOException {
    Inlet inlet = new Inlet(socket(new byte[20_000], Integer.MAX_VALUE), () -> false, false);
    byte[] target = new byte[1_000];
    for (int i = 0; i < 19; i++) {
      assertThat(inlet.read(target, 0, 1_000)).isPositive();
    }
    assertThat(asked).containsExactly(1_000, 16_384, 16_384);
  }
}
