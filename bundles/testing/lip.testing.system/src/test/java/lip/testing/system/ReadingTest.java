package lip.testing.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;

/** The checker itself must be able to say no. */
class ReadingTest {
  private static final Traffic PROBE = Traffic.probe("probe", "mark:3x0");

  @Test
  void aWholeAnswerIsWholeHoweverItIsSplit() {
    byte[] bytes = answer(3).getBytes(StandardCharsets.UTF_8);
    var reading = new Reading(PROBE);
    for (byte b : bytes) {
      reading.take(new byte[] {b});
    }

    assertThat(reading.alteration()).isNull();
    assertThat(reading.whole()).isTrue();
    assertThat(reading.version()).isEqualTo("f1.0.0 1.0.0/a");
  }

  @Test
  void aMissingCellIsSeen() {
    assertThat(read(answer(3).replaceFirst("data: f1.0.0 1:[^|]*\\|\n\n", "")).alteration())
        .isNotNull();
  }

  @Test
  void achangedLetterIsSeen() {
    assertThat(read(answer(3).replaceFirst("é", "è")).alteration()).isNotNull();
  }

  @Test
  void aChangedVersionIsSeen() {
    assertThat(read(answer(3).replaceFirst("(?s)(0:.*)f1.0.0 1:", "$1f1.1.0 1:")).alteration())
        .contains("version changed");
  }

  @Test
  void aMissingEndIsSeen() {
    assertThat(read(answer(3).replaceFirst("data: f1.0.0 end.*", "")).whole()).isFalse();
  }

  @Test
  void anErrorIsSeen() {
    assertThat(read("event: error\ndata: no\n\n").error()).contains("no");
    var chat = new Reading(Traffic.chat("mark:3x0"));
    chat.take("data: {\"error\":{\"message\":\"no\"}}\n\n".getBytes(StandardCharsets.UTF_8));
    assertThat(chat.error()).contains("no");
  }

  @Test
  void wordsAreCounted() {
    var reading = new Reading(Traffic.words("stub"));
    for (String text : new String[] {"word1 ", "word2 ", "word3"}) {
      reading.take(
          "data: {\"choices\":[{\"delta\":{\"content\":\"%s\"}}]}\n\n"
              .formatted(text)
              .getBytes(StandardCharsets.UTF_8));
    }
    reading.take("data: [DONE]\n\n".getBytes(StandardCharsets.UTF_8));

    assertThat(reading.alteration()).isNull();
    assertThat(reading.whole()).isTrue();
  }

  private static Reading read(String answer) {
    var reading = new Reading(PROBE);
    reading.take(answer.getBytes(StandardCharsets.UTF_8));
    return reading;
  }

  private static String answer(int count) {
    var crc = new CRC32();
    var all = new StringBuilder();
    for (int i = 0; i < count; i++) {
      String cell = i + ":1.0.0/a:" + i + "-é";
      crc.update(cell.getBytes(StandardCharsets.UTF_8));
      all.append("data: f1.0.0 ")
          .append(cell)
          .append(':')
          .append(Long.toHexString(crc.getValue()))
          .append("|\n\n");
    }
    return all.append("data: f1.0.0 end:")
        .append(count)
        .append(':')
        .append(Long.toHexString(crc.getValue()))
        .append("|\n\n")
        .toString();
  }
}
