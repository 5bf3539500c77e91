package lip.frontend.anthropic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How exact a count is, and that no prompt costs more than its share. */
class TokenEstimateTest {
  private static final Path ROOT = Path.of("../../..");

  private static long exact(String text) {
    return Vocabulary.encoding().countTokensOrdinary(text);
  }

  /** Prose, code and JSON of this repository. */
  static Stream<String> texts() throws IOException {
    return Stream.of(
        Files.readString(ROOT.resolve("docs/architecture.md")),
        Files.readString(
            ROOT.resolve(
                "bundles/core/lip.core.http/src/main/java/lip/core/http/LiveExchange.java")),
        Files.readString(ROOT.resolve("features/base.feature.json")));
  }

  @ParameterizedTest
  @MethodSource("texts")
  void piecesChangeNothingThatMatters(String text) {
    ByVocabulary count = new ByVocabulary(Vocabulary.encoding()::countTokensOrdinary);
    count.add(text);
    assertThat(count.how()).isEqualTo("o200k");
    assertThat((double) count.sum()).isCloseTo(exact(text), within(exact(text) * 0.002 + 2));
  }

  @ParameterizedTest
  @MethodSource("texts")
  void aRoughCountIsWithinATenth(String text) {
    RoughTokens rough = new RoughTokens();
    rough.add(text);
    assertThat((double) rough.sum()).isCloseTo(exact(text), within(exact(text) * 0.1));
  }

  @ParameterizedTest
  @MethodSource("texts")
  void samplesOfALongPromptAreCloseEnough(String text) {
    String all = text.repeat(2_000_000 / text.length());
    ByVocabulary count = new ByVocabulary(Vocabulary.encoding()::countTokensOrdinary);
    count.add(all);
    double wanted = (double) exact(text) * (2_000_000 / text.length());
    assertThat(count.how()).isEqualTo("o200k-sampled");
    assertThat((double) count.sum()).isCloseTo(wanted, within(wanted * 0.05));
  }

  @Test
  void manyTextsBehindTheFirstAreSampledToo() {
    ByVocabulary count = new ByVocabulary(String::length);
    for (int i = 0; i < 1_000; i++) {
      count.add("a b ".repeat(1_000));
    }
    assertThat((double) count.sum()).isCloseTo(4_000_000, within(40_000.0));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", " ", "\n", "é", "漢", "\uD83D\uDE00", "ab", "1", "- "})
  void theWorkIsBoundedForAnyInput(String unit) {
    AtomicLong read = new AtomicLong();
    List<String> pieces = new ArrayList<>();
    ByVocabulary count =
        new ByVocabulary(piece -> {
          read.addAndGet(piece.length());
          pieces.add(piece);
          return 1;
        });
    for (int i = 0; i < 4; i++) {
      count.add(unit.repeat(4_000_000 / unit.length()));
    }
    assertThat(read.get())
        .isLessThanOrEqualTo(ByVocabulary.ALL_OF + ByVocabulary.SAMPLES + 64 * 512);
    assertThat(pieces)
        .allSatisfy(piece -> {
          assertThat(piece.length()).isBetween(1, 8 * 1024);
          assertThat(Character.isLowSurrogate(piece.charAt(0))).isFalse();
        });
  }

  @ParameterizedTest
  @CsvSource({"1568,1568,1600", "200,200,54", "3000,1500,1600", "1092,1092,1590", "1,1,1"})
  void picturesBySize(int width, int height, int tokens) {
    byte[] png = new byte[64];
    byte[] start = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 0, 0, 0, 13};
    System.arraycopy(start, 0, png, 0, start.length);
    System.arraycopy("IHDR".getBytes(StandardCharsets.US_ASCII), 0, png, 12, 4);
    for (int i = 0; i < 4; i++) {
      png[16 + i] = (byte) (width >>> (24 - 8 * i));
      png[20 + i] = (byte) (height >>> (24 - 8 * i));
    }
    assertThat(ImageTokens.of(Base64.getEncoder().encodeToString(png))).isEqualTo(tokens);
  }

  @Test
  void pictureOfOtherKindsHaveASizeToo() {
    byte[] gif = "GIF89a\u00c8\0d\0xxxx".getBytes(StandardCharsets.ISO_8859_1);
    assertThat(ImageTokens.of(Base64.getEncoder().encodeToString(gif))).isEqualTo(27);
    byte[] jpeg = {
      (byte) 0xff,
      (byte) 0xd8,
      (byte) 0xff,
      (byte) 0xe0,
      0,
      4,
      0,
      0,
      (byte) 0xff,
      (byte) 0xc2,
      0,
      17,
      8,
      0,
      100,
      0,
      (byte) 200,
      3,
      0,
      0,
      0
    };
    assertThat(ImageTokens.of(Base64.getEncoder().encodeToString(jpeg))).isEqualTo(27);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "!!!!", "AAAA", "iVBORw0KGgo=", "/9j/4AAAAAAA"})
  void whatIsNoPictureCountsAsTheLargest(String base64) {
    assertThat(ImageTokens.of(base64)).isEqualTo(ImageTokens.MOST);
  }
}
