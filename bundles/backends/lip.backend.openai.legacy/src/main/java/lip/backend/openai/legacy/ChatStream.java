package lip.backend.openai.legacy;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import lip.api.event.Event;
import lip.api.event.EventStream;
import lip.api.event.StreamClosed;
import lip.api.failure.UpstreamFailure;
import lip.sdk.Ids;
import lip.sdk.upstream.Reply;
import lip.support.sse.RecordTooLarge;
import lip.support.sse.SseReader;
import org.jspecify.annotations.Nullable;

/**
 * The answer of one attempt. What it is, is told by its first byte: servers lie about the content
 * type.
 */
final class ChatStream implements EventStream {
  private static final int MOST_BYTES = SseReader.DEFAULT_LIMIT;
  private static final int SNIFF = 4096;

  private final Reply reply;
  private final Failures failures;
  private final ChunkDecoder decoder;
  private final Deque<Event> events = new ArrayDeque<>();
  private final SseReader records = new SseReader(MOST_BYTES);
  private @Nullable UpstreamFailure failure;
  private boolean ended;
  private volatile boolean closed;

  ChatStream(Reply reply, Failures failures, Ids ids, List<String> lost) {
    this.reply = reply;
    this.failures = failures;
    decoder = new ChunkDecoder(events, ids, failures, lost);
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
        // The reader wants to be asked before it is fed.
        records.push(first, 0, count);
        while (events.isEmpty() && !ended) {
          advance(true);
        }
        if (failure != null && events.isEmpty()) {
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
      Event event = events.poll();
      if (event != null) {
        return event;
      }
      if (failure != null) {
        throw failure;
      }
      if (ended) {
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
    while (events.isEmpty() && !ended && failure == null) {
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
        finish();
      } else {
        return fill(wait);
      }
    } catch (RecordTooLarge e) {
      fail(Failures.broken("the provider sent an event of more than " + e.limit() + " bytes"));
    } catch (UpstreamFailure e) {
      fail(e);
    }
    return true;
  }

  private boolean fill(boolean wait) {
    try {
      return (wait ? records.fill(reply::read) : records.fill(reply::readNow)) != 0;
    } catch (UpstreamFailure e) {
      brokenOff(e);
      return true;
    }
  }

  private void record() throws UpstreamFailure {
    if (records.dataIs("[DONE]")) {
      decoder.done();
      ended = true;
      release();
      return;
    }
    if (records.length() == 0) {
      return;
    }
    if (records.named("error")) {
      fail(new UpstreamFailure(failures.inBand(text())));
      return;
    }
    decoder.record(records.array(), records.offset(), records.length(), records.complete());
  }

  private String text() {
    return new String(
        records.array(),
        records.offset(),
        records.length(),
        java.nio.charset.StandardCharsets.UTF_8);
  }

  private void finish() throws UpstreamFailure {
    decoder.end();
    ended = true;
  }

  /** The finish reason is known: what is missing is at most the usage. */
  private void brokenOff(UpstreamFailure why) {
    if (decoder.finished()) {
      decoder.endAnyway();
      ended = true;
    } else {
      fail(why);
    }
  }

  private void fail(UpstreamFailure why) {
    failure = why;
    ended = true;
  }

  /**
   * The end of the body usually comes with the last record; when it was read the connection can be
   * used again.
   */
  private void release() {
    byte[] rest = new byte[64];
    try {
      while (reply.readNow(rest, 0, rest.length) > 0) {
        // Comments behind the end mark.
      }
    } catch (UpstreamFailure | StreamClosed _) {
      // The answer is complete; only the connection is lost.
      ended = true;
    }
  }

  /** A JSON body: a whole answer, or an error with status 200. */
  private void whole(byte[] first, int count) throws UpstreamFailure {
    byte[] body = first;
    int length = count;
    for (; ; ) {
      if (length == body.length) {
        if (length >= MOST_BYTES) {
          throw Failures.broken("the provider's answer has more than " + MOST_BYTES + " bytes");
        }
        body = Arrays.copyOf(body, Math.min(MOST_BYTES, length * 4));
      }
      int read = reply.read(body, length, body.length - length);
      if (read < 0) {
        break;
      }
      length += read;
    }
    decoder.whole(body, length);
    decoder.end();
    ended = true;
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
