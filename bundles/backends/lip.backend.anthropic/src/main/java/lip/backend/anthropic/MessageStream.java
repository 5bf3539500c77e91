package lip.backend.anthropic;

import java.util.Arrays;
import lip.api.event.Event;
import lip.api.event.EventStream;
import lip.api.event.StreamClosed;
import lip.api.failure.UpstreamFailure;
import lip.sdk.upstream.Reply;
import lip.support.provider.AnswerBody;
import lip.support.sse.RecordTooLarge;
import lip.support.sse.SseReader;
import org.jspecify.annotations.Nullable;

/** The answer of one attempt: records, or one JSON text. */
final class MessageStream implements EventStream {
  private static final int MOST_BYTES = SseReader.DEFAULT_LIMIT;

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
    AnswerBody body = AnswerBody.begin(reply);
    if (body.isJson()) {
      body.readWhole(MOST_BYTES);
      decoder.whole(Arrays.copyOf(body.array(), body.length()));
      return;
    }
    records.push(body.array(), 0, body.length());
    while (decoder.isEmpty() && !over()) {
      advance(true);
    }
    if (failure != null && decoder.isEmpty()) {
      throw failure;
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
        Arrays.copyOfRange(records.array(), records.offset(), records.offset() + records.length());
    if (records.named("error")) {
      throw new UpstreamFailure(
          failures.inBand(new String(own, java.nio.charset.StandardCharsets.UTF_8)));
    }
    decoder.record(own, records.complete());
    if (decoder.ended()) {
      AnswerBody.release(reply);
    }
  }
}
