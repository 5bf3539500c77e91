package lip.backend.anthropic;

import java.util.Arrays;
import lip.api.event.Event;
import lip.api.event.EventStream;
import lip.api.failure.UpstreamFailure;
import lip.sdk.upstream.Reply;
import lip.support.provider.AnswerBody;
import lip.support.provider.EventQueue;
import lip.support.provider.ReplySource;
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
  private final EventQueue events;

  MessageStream(Reply reply, Failures failures, EventDecoder decoder) {
    this.reply = reply;
    this.failures = failures;
    this.decoder = decoder;
    events = new EventQueue(decoder.events(), this::advance);
  }

  /** Reads up to the first event. */
  void begin() throws UpstreamFailure {
    AnswerBody body = AnswerBody.begin(reply);
    if (body.isJson()) {
      body.readWhole(MOST_BYTES);
      decoder.whole(Arrays.copyOf(body.array(), body.length()));
      events.end();
      return;
    }
    records.push(body.array(), 0, body.length());
    events.begin();
  }

  @Override
  public @Nullable Event next() throws UpstreamFailure {
    return events.next();
  }

  @Override
  public boolean ready() {
    return events.ready();
  }

  @Override
  public boolean whenReady(Runnable look) {
    return reply.whenReadable(look);
  }

  @Override
  public void close() {
    events.close();
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
        throw Failures.broken("the provider's answer ended without message_stop");
      } else {
        return records.fill(new ReplySource(reply, wait)) != 0;
      }
    } catch (RecordTooLarge e) {
      events.fail(
          Failures.broken("the provider sent an event of more than " + e.limit() + " bytes"));
    } catch (UpstreamFailure e) {
      events.fail(e);
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
      events.end();
      AnswerBody.release(reply);
    }
  }
}
