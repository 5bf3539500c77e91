package lip.support.provider;

import java.util.Arrays;
import lip.api.event.StreamClosed;
import lip.api.failure.UpstreamFailure;
import lip.sdk.upstream.Reply;

/**
 * The body of a provider's answer up to where its form shows. What it is, is told by its first
 * byte: servers lie about the content type. One thread.
 */
public final class AnswerBody {
  private static final int SNIFF = 4096;
  private static final int MOST_ERROR_BYTES = 1024 * 1024;

  private final Reply reply;
  private byte[] bytes = new byte[SNIFF];
  private int length;
  private boolean json;

  private AnswerBody(Reply reply) {
    this.reply = reply;
  }

  /**
   * Reads until something that is no white space is there.
   *
   * @throws UpstreamFailure recoverable, when nothing comes, or a web page
   */
  public static AnswerBody begin(Reply reply) throws UpstreamFailure {
    AnswerBody body = new AnswerBody(reply);
    body.begin();
    return body;
  }

  /** The body of an error; empty when it does not arrive: the status says enough. */
  public static byte[] ofError(Reply reply) {
    try {
      return reply.readAll(MOST_ERROR_BYTES);
    } catch (UpstreamFailure _) {
      return new byte[0];
    }
  }

  /**
   * Reads behind the last record what is there already, mostly the end of the body: then the
   * connection can be used again. Never waits.
   */
  public static void release(Reply reply) {
    byte[] rest = new byte[64];
    try {
      while (reply.readNow(rest, 0, rest.length) > 0) {
        // Comments behind the end.
      }
    } catch (UpstreamFailure | StreamClosed _) {
      // The answer is complete; only the connection is lost.
      reply.close();
    }
  }

  private void begin() throws UpstreamFailure {
    int at = 0;
    while (at == length) {
      if (length == bytes.length) {
        throw ProviderFailures.broken("the provider's answer begins with nothing but white space");
      }
      int read = reply.read(bytes, length, bytes.length - length);
      if (read < 0) {
        throw ProviderFailures.broken("the provider answered with an empty body");
      }
      length += read;
      at = firstByte(bytes, length);
    }
    if (bytes[at] == '<') {
      throw ProviderFailures.broken("the provider answered with a web page instead of an answer");
    }
    json = bytes[at] == '{' || bytes[at] == '[';
  }

  /** Whether it is one JSON text, not records. */
  public boolean isJson() {
    return json;
  }

  /** What was read, up to {@link #length}. */
  public byte[] array() {
    return bytes;
  }

  /** Bytes read. */
  public int length() {
    return length;
  }

  /**
   * Reads to the end.
   *
   * @param most so many bytes at the most
   * @throws UpstreamFailure when there are more, or the body breaks off
   */
  public void readWhole(int most) throws UpstreamFailure {
    for (int read = 0; read >= 0; length += Math.max(read, 0)) {
      if (length > most) {
        throw ProviderFailures.broken("the provider's answer has more than " + most + " bytes");
      }
      if (length == bytes.length) {
        int larger = (int) Math.min(most + 1L, length * 2L);
        reply.hold(larger);
        bytes = Arrays.copyOf(bytes, larger);
      }
      read = reply.read(bytes, length, bytes.length - length);
    }
  }

  private static int firstByte(byte[] bytes, int count) {
    int at = 0;
    if (count >= 3
        && bytes[0] == (byte) 0xef
        && bytes[1] == (byte) 0xbb
        && bytes[2] == (byte) 0xbf) {
      at = 3;
    }
    while (at < count
        && (bytes[at] == ' ' || bytes[at] == '\n' || bytes[at] == '\r' || bytes[at] == '\t')) {
      at++;
    }
    return at;
  }
}
