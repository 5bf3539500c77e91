package lip.backend.openai.legacy;

import java.util.ArrayDeque;
import java.util.Deque;
import lip.api.event.Event;
import lip.api.event.EventStream;
import lip.api.event.StreamClosed;
import lip.api.failure.UpstreamFailure;
import lip.sdk.Ids;
import lip.sdk.fidelity.Fidelity;
import lip.sdk.upstream.Reply;
import lip.support.provider.AnswerBody;
import lip.support.sse.RecordTooLarge;
import lip.support.sse.SseReader;
import org.jspecify.annotations.Nullable;

/** The answer of one attempt: records, or one JSON text. */
final class ChatStream implements EventStream {
  private static final int MOST_BYTES = SseReader.DEFAULT_LIMIT;

  private final Reply reply;
  private final Failures failures;
  private final ChunkDecoder decoder;
  private final Deque<Event> events = new ArrayDeque<>();
  private final SseReader records = new SseReader(MOST_BYTES);
  private @Nullable UpstreamFailure failure;
  private boolean ended;
  private volatile boolean closed;

  ChatStream(Reply reply, Failures failures, Ids ids, Fidelity fidelity, boolean finishOptional) {
    this.reply = reply;
    this.failures = failures;
    decoder = new ChunkDecoder(events, ids, failures, fidelity, finishOptional);
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
    while (events.isEmpty() && !ended) {
      advance(true);
    }
    if (failure != null && events.isEmpty()) {
      throw failure;
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
      AnswerBody.release(reply);
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

  /** A JSON body: a whole answer, or an error with status 200. */
  private void whole(AnswerBody body) throws UpstreamFailure {
    body.readWhole(MOST_BYTES);
    decoder.whole(body.array(), body.length());
    decoder.end();
    ended = true;
  }
}
