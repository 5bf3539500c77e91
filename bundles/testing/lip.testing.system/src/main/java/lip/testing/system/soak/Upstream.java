package lip.testing.system.soak;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.zip.CRC32;
import lip.testing.emulator.Answer;
import lip.testing.emulator.Ending;
import lip.testing.emulator.chat.ChatEmulator;
import lip.testing.emulator.chat.ChatFailure;
import lip.testing.emulator.chat.ChatReply;
import lip.testing.emulator.chat.ChatRequest;

/**
 * The provider: the name of the model says how it behaves, the request what it says. Any thread.
 */
final class Upstream implements AutoCloseable {
  private final ChatEmulator emulator = ChatEmulator.start().otherwise(Upstream::answer);

  /** Settings of a backend in front of it. */
  String settings(String more) {
    return "base.url = " + emulator.baseUrl() + "\napi.keys = env:UPSTREAM_KEY\n" + more;
  }

  /** What the model {@code digest} says of a text. */
  static String digest(String text) {
    var crc = new CRC32();
    crc.update(text.getBytes(StandardCharsets.UTF_8));
    return "digest " + text.length() + " " + Long.toHexString(crc.getValue()) + " ";
  }

  private static Answer answer(ChatRequest request) {
    String said = request.lastText("user").orElse("");
    ChatReply reply = new ChatReply();
    String model = request.model();
    switch (model) {
      case "digest" -> reply.text(digest(request.lastText("system").orElse("")), said);
      case "late" -> reply.pause(Duration.ofMillis(1_500)).text(words(said));
      default -> reply.text(words(said));
    }
    return switch (model) {
      case "fail-500" -> ChatFailure.of(500).answer(request);
      case "fail-404" -> ChatFailure.of(404).answer(request);
      case "reset-first" -> reply.answer(request).resetBeforeHead();
      case "paced" -> reply.delay(Duration.ofMillis(40)).answer(request);
      case "stall" -> reply.stall().answer(request);
      case "inband" -> reply.failure("server_error", null, "Overloaded.").answer(request);
      case "bad-json" -> reply.data("{\"choices\":[{\"delta\"").answer(request);
      case "no-finish" -> reply.noFinish().noDone().answer(request);
      case "cut" -> cut(reply.answer(request), false);
      case "reset" -> cut(reply.answer(request), true);
      default -> reply.answer(request);
    };
  }

  private static Answer cut(Answer whole, boolean reset) {
    int half = (int) whole.bodyLength() / 2;
    return reset ? whole.resetAfter(half) : whole.cutAfter(half);
  }

  private static String[] words(String text) {
    return text.split("(?<= )", -1);
  }

  /** Requests it is answering. */
  long running() {
    return emulator.exchanges().stream().filter(one -> one.ending() == Ending.RUNNING).count();
  }

  /** Connections that are open. */
  int connections() {
    return emulator.openConnections();
  }

  /** Forgets what is over. */
  void forgetEnded() {
    emulator.forgetEnded();
  }

  @Override
  public void close() {
    emulator.close();
  }
}
