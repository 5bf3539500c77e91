package lip.backend.openai.legacy;

import java.util.ArrayDeque;
import java.util.Deque;
import lip.api.event.Event;
import lip.api.event.EventStream;
import lip.api.failure.UpstreamFailure;
import lip.sdk.Ids;
import lip.sdk.fidelity.Fidelity;
import lip.sdk.upstream.Reply;
import lip.support.provider.AnswerBody;
import lip.support.provider.EventQueue;
import lip.support.provider.ReplySource;
import lip.support.sse.RecordTooLarge;
import lip.support.sse.SseReader;
import org.jspecify.annotations.Nullable;

/** The answer of one attempt: records, or one JSON text. */
final class ChatStream implements EventStream {
  private static final int MOST_BYTES = SseReader.DEFAULT_LIMIT;

  private final Reply reply;
  private final Failures failures;
  private final ChunkDecoder decoder;
  private final SseReader records = new SseReader(MOST_BYTES);
  private final EventQueue events;

  ChatStream(Reply reply, Failures failures, Ids ids, Fidelity fidelity, boolean finishOptional) {
    this.reply = reply;
    this.failures = failures;
    Deque<Event> decoded = new ArrayDeque<>();
    decoder = new ChunkDecoder(decoded, ids, failures, fidelity, finishOptional);
    events = new EventQueue(decoded, this::advance);
  }

  /** Reads up to the first event. */
  void begin() throws UpstreamFailure {
    AnswerBody body = AnswerBody.begin(reply);
    if (body.isJson()) {
      whole(body);
      return;
    }
    // The reader wants to be asked before it is fed.
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
        finish();
      } else {
        return fill(wait);
      }
    } catch (RecordTooLarge e) {
      events.fail(
          Failures.broken("the provider sent an event of more than " + e.limit() + " bytes"));
    } catch (UpstreamFailure e) {
      events.fail(e);
    }
    return true;
  }

  private boolean fill(boolean wait) {
    try {
      return records.fill(new ReplySource(reply, wait)) != 0;
    } catch (UpstreamFailure e) {
      brokenOff(e);
      return true;
    }
  }

  private void record() throws UpstreamFailure {
    if (records.dataIs("[DONE]")) {
      decoder.done();
      events.end();
      AnswerBody.release(reply);
      return;
    }
    if (records.length() == 0) {
      return;
    }
    if (records.named("error")) {
      events.fail(new UpstreamFailure(failures.inBand(text())));
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
    events.end();
  }

  /** The finish reason is known: what is missing is at most the usage. */
  private void brokenOff(UpstreamFailure why) {
    if (decoder.finished()) {
      decoder.endAnyway();
      events.end();
    } else {
      events.fail(why);
    }
  }

  /** A JSON body: a whole answer, or an error with status 200. */
  private void whole(AnswerBody body) throws UpstreamFailure {
    body.readWhole(MOST_BYTES);
    decoder.whole(body.array(), body.length());
    decoder.end();
    events.end();
  }
}
