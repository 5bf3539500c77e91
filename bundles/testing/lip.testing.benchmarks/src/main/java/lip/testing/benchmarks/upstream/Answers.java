package lip.testing.benchmarks.upstream;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;

/** The bytes that the upstream sends. */
final class Answers {
  private static final byte[] HEAD =
      """
      HTTP/1.1 200 OK\r
      Content-Type: text/event-stream\r
      Cache-Control: no-cache\r
      Transfer-Encoding: chunked\r
      \r
      """
          .getBytes(ISO_8859_1);
  private static final byte[] BEFORE =
      ("data: {\"id\":\"chatcmpl-abc123\",\"object\":\"chat.completion.chunk\","
              + "\"created\":1700000000,\"model\":\"bench\",\"choices\":[{\"index\":0,"
              + "\"delta\":{\"content\":\" tok@")
          .getBytes(ISO_8859_1);
  private static final byte[] AFTER = "@\"},\"finish_reason\":null}]}\n\n".getBytes(ISO_8859_1);
  private static final byte[] END = "e\r\ndata: [DONE]\n\n\r\n0\r\n\r\n".getBytes(ISO_8859_1);

  /** The whole answer of {@link Mode#UNARY}. */
  static final byte[] UNARY = unary();

  private Answers() {}

  private static byte[] unary() {
    String body =
        "{\"id\":\"chatcmpl-abc123\",\"object\":\"chat.completion\",\"created\":1700000000,"
            + "\"model\":\"bench\",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\","
            + "\"content\":\""
            + Mode.TEXT
            + "\"},\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":10,"
            + "\"completion_tokens\":400,\"total_tokens\":410}}";
    return ("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: "
            + body.length()
            + "\r\n\r\n"
            + body)
        .getBytes(ISO_8859_1);
  }

  static void head(ByteBuffer out) {
    out.put(HEAD);
  }

  /** One event as one chunk; carries its number and the time it is made. */
  static void event(ByteBuffer out, int number) {
    byte[] mark = (number + ":" + System.nanoTime()).getBytes(ISO_8859_1);
    int length = BEFORE.length + mark.length + AFTER.length;
    out.put(Integer.toHexString(length).getBytes(ISO_8859_1)).put((byte) '\r').put((byte) '\n');
    out.put(BEFORE).put(mark).put(AFTER).put((byte) '\r').put((byte) '\n');
  }

  static void end(ByteBuffer out) {
    out.put(END);
  }
}
