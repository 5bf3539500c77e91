package lip.testing.benchmarks.upstream;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;

/** The bytes that the upstream sends in a dialect. */
final class Answers {
  private static final String HEAD =
      """
      HTTP/1.1 200 OK\r
      Content-Type: text/event-stream\r
      Cache-Control: no-cache\r
      Transfer-Encoding: chunked\r
      \r
      """;
  private static final String LAST_CHUNK = "0\r\n\r\n";

  private static final Answers CHAT =
      new Answers(
          "{\"id\":\"chatcmpl-abc123\",\"object\":\"chat.completion\",\"created\":1700000000,"
              + "\"model\":\"bench\",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\","
              + "\"content\":\""
              + Mode.TEXT
              + "\"},\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":10,"
              + "\"completion_tokens\":400,\"total_tokens\":410}}",
          "",
          "data: {\"id\":\"chatcmpl-abc123\",\"object\":\"chat.completion.chunk\","
              + "\"created\":1700000000,\"model\":\"bench\",\"choices\":[{\"index\":0,"
              + "\"delta\":{\"content\":\" tok@",
          "@\"},\"finish_reason\":null}]}\n\n",
          chunk("data: [DONE]\n\n"));

  private static final Answers MESSAGES =
      new Answers(
          "{\"id\":\"msg_abc123\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\"bench\","
              + "\"content\":[{\"type\":\"text\",\"text\":\""
              + Mode.TEXT
              + "\"}],\"stop_reason\":\"end_turn\",\"stop_sequence\":null,\"usage\":{"
              + "\"input_tokens\":10,\"output_tokens\":400}}",
          record(
                  "message_start",
                  "\"message\":{\"id\":\"msg_abc123\",\"type\":\"message\",\"role\":\"assistant\","
                      + "\"model\":\"bench\",\"content\":[],\"stop_reason\":null,"
                      + "\"stop_sequence\":null,\"usage\":{\"input_tokens\":10,"
                      + "\"output_tokens\":1}}")
              + record(
                  "content_block_start",
                  "\"index\":0,\"content_block\":{\"type\":\"text\",\"text\":\"\"}"),
          "event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"index\":0,"
              + "\"delta\":{\"type\":\"text_delta\",\"text\":\" tok@",
          "@\"}}\n\n",
          record("content_block_stop", "\"index\":0")
              + record(
                  "message_delta",
                  "\"delta\":{\"stop_reason\":\"end_turn\",\"stop_sequence\":null},"
                      + "\"usage\":{\"output_tokens\":400}")
              + chunk("event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n"));

  private final byte[] unary;
  private final byte[] opening;
  private final byte[] before;
  private final byte[] after;
  private final byte[] closing;

  private Answers(String document, String opening, String before, String after, String closing) {
    String head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: ";
    unary = bytes(head + document.length() + "\r\n\r\n" + document);
    this.opening = bytes(HEAD + opening);
    this.before = bytes(before);
    this.after = bytes(after);
    this.closing = bytes(closing + LAST_CHUNK);
  }

  static Answers of(Dialect dialect) {
    return switch (dialect) {
      case CHAT -> CHAT;
      case MESSAGES -> MESSAGES;
    };
  }

  private static byte[] bytes(String text) {
    return text.getBytes(ISO_8859_1);
  }

  private static String chunk(String text) {
    return Integer.toHexString(text.length()) + "\r\n" + text + "\r\n";
  }

  /** One record of a Messages stream as one chunk. */
  private static String record(String type, String members) {
    return chunk("event: " + type + "\ndata: {\"type\":\"" + type + "\"," + members + "}\n\n");
  }

  /** The whole answer of {@link Mode#UNARY}. */
  void unary(ByteBuffer out) {
    out.put(unary);
  }

  /** The head of a stream and what stands before its first event. */
  void open(ByteBuffer out) {
    out.put(opening);
  }

  /** One event as one chunk; carries its number and the time it is made. */
  void event(ByteBuffer out, int number) {
    byte[] mark = bytes(number + ":" + System.nanoTime());
    int length = before.length + mark.length + after.length;
    out.put(bytes(Integer.toHexString(length))).put((byte) '\r').put((byte) '\n');
    out.put(before).put(mark).put(after).put((byte) '\r').put((byte) '\n');
  }

  /** What stands after the last event. */
  void end(ByteBuffer out) {
    out.put(closing);
  }
}
