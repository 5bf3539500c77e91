package lip.testing.emulator;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Plays one answer on one connection. */
final class Player {
  private static final byte[] CRLF = {'\r', '\n'};

  private final Connection connection;
  private final Answer answer;

  Player(Connection connection, Answer answer) {
    this.connection = connection;
    this.answer = answer;
  }

  /**
   * Plays to the end.
   *
   * @return whether the connection can serve another request
   */
  boolean play() throws IOException, InterruptedException {
    for (Step step : answer.beforeHead()) {
      if (!play(step)) {
        return false;
      }
    }
    write(head());
    for (Step step : answer.body()) {
      if (!play(step)) {
        return false;
      }
    }
    return switch (answer.framing()) {
      case CHUNKED -> {
        write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        yield true;
      }
      case LENGTH -> answer.contentLength() == answer.bodyLength();
      case UNTIL_CLOSE -> false;
    };
  }

  /** Whether the script itself ends the connection. */
  static boolean cuts(Answer answer) {
    return answer.beforeHead().stream().anyMatch(Player::ends)
        || answer.body().stream().anyMatch(Player::ends)
        || (answer.framing() == Answer.Framing.LENGTH
            && answer.contentLength() != answer.bodyLength());
  }

  private static boolean ends(Step step) {
    return step instanceof Step.Close || step instanceof Step.Reset;
  }

  private boolean play(Step step) throws IOException, InterruptedException {
    switch (step) {
      case Step.Send(byte[] bytes) -> send(bytes);
      case Step.Repeat(byte[] bytes, int times) -> {
        for (int i = 0; i < times; i++) {
          send(bytes);
        }
      }
      case Step.Pause(var duration) -> connection.pause(duration);
      case Step.Await(Gate gate) -> connection.await(gate);
      case Step.Stall _ -> connection.stall();
      case Step.Close _ -> {
        return false;
      }
      case Step.Reset _ -> {
        connection.reset();
        return false;
      }
    }
    return true;
  }

  private void send(byte[] bytes) throws IOException, InterruptedException {
    if (bytes.length == 0) {
      return;
    }
    if (answer.framing() != Answer.Framing.CHUNKED) {
      write(bytes);
      return;
    }
    ByteArrayOutputStream chunk = new ByteArrayOutputStream(bytes.length + 16);
    chunk.writeBytes(Integer.toHexString(bytes.length).getBytes(StandardCharsets.US_ASCII));
    chunk.writeBytes(CRLF);
    chunk.writeBytes(bytes);
    chunk.writeBytes(CRLF);
    write(chunk.toByteArray());
  }

  private void write(byte[] bytes) throws IOException, InterruptedException {
    Answer.Drip drip = answer.drip();
    if (drip == null) {
      connection.write(bytes, 0, bytes.length);
      return;
    }
    for (int at = 0; at < bytes.length; at += drip.bytes()) {
      connection.write(bytes, at, Math.min(drip.bytes(), bytes.length - at));
      connection.pause(drip.gap());
    }
  }

  private byte[] head() {
    StringBuilder head = new StringBuilder(200);
    head.append("HTTP/1.1 ").append(answer.status()).append(' ').append(Reason.of(answer.status()));
    head.append("\r\n");
    for (Header header : answer.headers()) {
      head.append(header.name()).append(": ").append(header.value()).append("\r\n");
    }
    switch (answer.framing()) {
      case CHUNKED -> head.append("Transfer-Encoding: chunked\r\n");
      case LENGTH -> head.append("Content-Length: ").append(answer.contentLength()).append("\r\n");
      case UNTIL_CLOSE -> head.append("Connection: close\r\n");
    }
    return head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
  }
}
