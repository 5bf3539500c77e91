package lip.backend.anthropic;

import java.io.ByteArrayOutputStream;
import lip.api.event.Event;
import lip.api.event.EventStream;
import lip.api.event.StreamClosed;
import lip.api.failure.UpstreamFailure;
import lip.sdk.upstream.Reply;
import lip.support.sse.RecordTooLarge;
import lip.support.sse.SseReader;
import org.jspecify.annotations.Nullable;

/**
 * The answer of one attempt. What it is, is told by its first byte: servers lie about the content
 * type.
 */
final class MessageStream implements EventStream {
  private static final int MOST_BYTES = SseReader.DEFAULT_LIMIT;
  private static final int SNIFF = 4096;

  private final Reply reply;
  private final Failures failures;
  private final EventDecoder decoder;
  private final SseReader records = new SseReader(MOST_BYTES);
  private @Nullable UpstreamFailure failure;
  private volatile boolean closed;

  MessageStream(Reply reply, Failures failures, EventDecoder decoder) {
    this.reply = reply;
    this.failures = failures;
    this.decoder = decoder;
  }

  /** Reads up to the first event. */
  void begin() throws UpstreamFailure {
    byte[] first = new byte[SNIFF];
    int count = 0;
    int at = 0;
    while (at == count) {
      if (count == first.length) {
        throw Failures.broken("the provider's answer begins with nothing but white space");
      }
      int read = reply.read(first, count, first.length - count);
      if (read < 0) {
        throw Failures.broken("the provider answered with an empty body");
      }
      count += read;
      at = firstByte(first, count);
    }
    switch (first[at]) {
      case '{', '[' -> whole(first, count);
      case '<' ->
          throw Failures.broken("the provider answered with a web page instead of an answer");
      default -> {
        records.push(first, 0, count);
        while (decoder.isEmpty() && !over()) {
          advance(true);
        }
        if (failure != null && decoder.isEmpty()) {
          throw failure;
        }
      }
    }
  }

  @Override
  public @Nullable Event next() throws UpstreamFailure {
    while (true) {
      if (closed) {
        throw new StreamClosed();
      }
      Event event = decoder.poll();
      if (event != null) {
        return event;
      }
      if (failure != null) {
        throw failure;
      }
      if (decoder.ended()) {
        return null;
      }
      advance(true);
    }
  }

  @Override
  public boolean ready() {
    if (closed) {
      return false;
    }
    while (decoder.isEmpty() && !over()) {
      if (!advance(false)) {
        return false;
      }
    }
    return true;
  }

  @Override
  public void close() {
    closed = true;
    reply.close();
  }

  private boolean over() {
    return failure != null || decoder.ended();
  }

  /**
   * Decodes one record, or reads once when there is none.
   *
   * @param wait whether to wait for bytes
   * @return false when there was nothing to read
   */
  private boolean advance(boolean wait) {
    try {
      if (records.next()) {
        record();
      } else if (records.ended()) {
        throw Failures.broken("the provider's answer ended without message_stop");
      } else {
        return (wait ? records.fill(reply::read) : records.fill(reply::readNow)) != 0;
      }
    } catch (RecordTooLarge e) {
      failure = Failures.broken("the provider sent an event of more than " + e.limit() + " bytes");
    } catch (UpstreamFailure e) {
      failure = e;
    }
    return true;
  }

  private void record() throws UpstreamFailure {
    if (records.length() == 0) {
      return;
    }
    byte[] own =
        java.util.Arrays.copyOfRange(
            records.array(), records.offset(), records.offset() + records.length());
    if (records.named("error")) {
      throw new UpstreamFailure(
          failures.inBand(new String(own, java.nio.charset.StandardCharsets.UTF_8)));
    }
    decoder.record(own, records.complete());
    if (decoder.ended()) {
      release();
    }
  }

  /**
   * The end of the body usually comes with the last record; when it was read the connection can be
   * used again.
   */
  private void release() {
    byte[] rest = new byte[64];
    try {
      while (reply.readNow(rest, 0, rest.length) > 0) {
        // Comments behind the end.
      }
    } catch (UpstreamFailure | StreamClosed e) {
      // The answer is complete; only the connection is lost.
      reply.close();
    }
  }

  /** A JSON body: a whole answer, or an error with status 200. */
  private void whole(byte[] first, int count) throws UpstreamFailure {
    ByteArrayOutputStream body = new ByteArrayOutputStream(Math.max(count * 2, SNIFF));
    body.write(first, 0, count);
    byte[] buffer = new byte[SNIFF * 4];
    for (int read; (read = reply.read(buffer, 0, buffer.length)) >= 0; ) {
      body.write(buffer, 0, read);
      if (body.size() > MOST_BYTES) {
        throw Failures.broken("the provider's answer has more than " + MOST_BYTES + " bytes");
      }
    }
    decoder.whole(body.toByteArray());
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
