package lip.support.sse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class SseWriterTest {
  private final SseWriter writer = new SseWriter();

  @Test
  void writesRecordsWithLf() {
    writer.event("ping").data("{}").end().data("[DONE]").end();
    assertThat(text()).isEqualTo("event: ping\ndata: {}\n\ndata: [DONE]\n\n");
  }

  @Test
  void aBreakInTheDataBeginsANewLine() {
    writer.data("{\r\n1,\r2\n}").end();
    assertThat(text()).isEqualTo("data: {\ndata: 1,\ndata: 2\ndata: }\n\n");
  }

  @Test
  void anEncoderWritesStraightIn() throws IOException {
    writer.data().write('{');
    writer.data().write("\"a\":1\r".getBytes(StandardCharsets.UTF_8));
    writer.data().write("\n}".getBytes(StandardCharsets.UTF_8));
    writer.end();
    assertThat(text()).isEqualTo("data: {\"a\":1\ndata: }\n\n");
  }

  @Test
  void startsAgainAfterClear() {
    writer.data("x".repeat(100_000));
    writer.clear();
    writer.comment("keepalive");
    assertThat(text()).isEqualTo(": keepalive\n\n");
    assertThat(writer.array().length).isLessThan(10_000);
  }

  @Test
  void aNameCannotBreakOut() {
    assertThatThrownBy(() -> writer.event("a\ndata: b"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private String text() {
    return new String(writer.array(), 0, writer.length(), StandardCharsets.UTF_8);
  }
}
