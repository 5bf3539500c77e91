package lip.frontend.anthropic;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import lip.api.InvalidCall;
import lip.api.call.Call;
import lip.api.event.Event;
import lip.api.event.FinishReason;
import lip.api.failure.Failure;
import lip.api.failure.FailureClass;
import lip.api.failure.Rejected;
import lip.api.failure.UpstreamFailure;
import lip.sdk.backend.ProviderNotes;
import lip.sdk.frontend.Answer;
import lip.sdk.frontend.CallFailed;
import lip.sdk.frontend.Calls;
import lip.sdk.frontend.Claim;
import lip.sdk.frontend.ErrorReply;
import lip.sdk.frontend.Exchange;
import lip.sdk.frontend.Frontend;
import lip.sdk.frontend.LastWords;
import lip.sdk.frontend.Records;
import lip.sdk.http.Headers;
import lip.support.anthropic.messages.LimitHeaders;
import lip.support.frontend.FailureLog;
import lip.support.frontend.Phrases;
import lip.support.json.MediaType;
import lip.support.sse.SseWriter;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One instance: carries an exchange from the decoded body to the last record. */
final class AnthropicFrontend implements Frontend {
  private static final Logger LOG = LoggerFactory.getLogger(AnthropicFrontend.class);

  private static final String MESSAGES = "/v1/messages";
  private static final String COUNT = "/v1/messages/count_tokens";
  private static final String MODELS = "/v1/models";
  private static final String MODEL = "/v1/models/{id...}";
  private static final Claim.HeaderCondition VERSIONED =
      new Claim.HeaderCondition("anthropic-version", "");
  private static final Claim.HeaderCondition KEYED = new Claim.HeaderCondition("x-api-key", "");

  private static final List<Claim> CLAIMS =
      List.of(
          Claim.of("POST", MESSAGES),
          Claim.of("POST", COUNT),
          // Claude Code asks whether somebody is there.
          Claim.of("HEAD", "/api/hello"),
          new Claim("GET", MODELS, VERSIONED),
          new Claim("GET", MODEL, VERSIONED),
          new Claim("GET", MODELS, KEYED),
          new Claim("GET", MODEL, KEYED));

  private static final byte[] PING =
      "event: ping\ndata: {\"type\": \"ping\"}\n\n".getBytes(StandardCharsets.US_ASCII);
  private static final int MUCH = 16 * 1024;

  private static final LastWords LAST_WORDS =
      new LastWords(
          ErrorEncoder.reply(Phrases.ENDED_BY_US, null),
          ErrorEncoder.record(Phrases.ENDED_BY_US, null),
          true);

  @Override
  public List<Claim> claims() {
    return CLAIMS;
  }

  @Override
  public ErrorReply render(Failure failure) {
    return ErrorEncoder.reply(failure, null);
  }

  @Override
  public Headers headers(ProviderNotes notes, Instant now) {
    return LimitHeaders.write(notes, now);
  }

  @Override
  public void handle(Exchange exchange, Calls calls) {
    exchange.lastWords(LAST_WORDS);
    try {
      switch (exchange.method()) {
        case "HEAD" -> exchange.respond(200, Headers.NONE, new byte[0]);
        case "GET" -> models(exchange, calls);
        default -> {
          if (MediaType.mayBeJson(exchange.headers().first("Content-Type"))) {
            post(exchange, calls);
          } else {
            fail(exchange, Phrases.NO_JSON);
          }
        }
      }
    } catch (BadRequest e) {
      fail(exchange, e.failure());
    } catch (InvalidCall e) {
      // Of the session headers; the body's are named by the decoder.
      fail(exchange, Failure.of(FailureClass.INVALID_REQUEST, String.valueOf(e.getMessage())));
    } catch (Rejected e) {
      fail(exchange, e.failure());
    } catch (CallFailed e) {
      fail(exchange, e.failure());
    } catch (UpstreamFailure e) {
      fail(exchange, e.failure());
    }
  }

  private static void post(Exchange exchange, Calls calls)
      throws BadRequest, Rejected, CallFailed, UpstreamFailure {
    if (exchange.path().endsWith("/count_tokens")) {
      count(exchange, calls, decode(exchange, true));
      return;
    }
    Begun begun = begin(exchange, calls);
    Records records = begun.records();
    if (records == null) {
      collect(exchange, begun);
    } else {
      stream(exchange, begun, records);
    }
  }

  private static Call decode(Exchange exchange, boolean counting) throws BadRequest, Rejected {
    return RequestDecoder.decode(RequestHead.of(exchange), exchange.body(), counting);
  }

  /** The provider's own count where it has one, else ours. */
  private static void count(Exchange exchange, Calls calls, Call call) throws CallFailed {
    OptionalLong told = calls.countTokens(call);
    TokenEstimate.Estimate count =
        told.isPresent()
            ? new TokenEstimate.Estimate(told.getAsLong(), "provider")
            : TokenEstimate.of(call);
    String body = "{\"input_tokens\":" + count.tokens() + "}";
    exchange.respond(
        200,
        Phrases.JSON.plus("request-id", exchange.traceId()).plus("X-LIP-Token-Count", count.how()),
        body.getBytes(StandardCharsets.US_ASCII));
  }

  /**
   * An answer that has begun. The call is not in it: what a client sends may be large, and while
   * the answer runs nothing needs it.
   *
   * @param records where the answer is streamed to; null = it is sent as a whole
   */
  private record Begun(MessageHead head, @Nullable Records records, Answer answer) {}

  private static Begun begin(Exchange exchange, Calls calls)
      throws BadRequest, Rejected, CallFailed {
    Call call = decode(exchange, false);
    MessageHead head = new MessageHead(calls.ids().next("msg_"), call.model());
    Records records =
        call.streaming()
            ? exchange.stream(200, Phrases.STREAM.plus("request-id", exchange.traceId()), PING)
            : null;
    return new Begun(head, records, calls.open(call));
  }

  private static void stream(Exchange exchange, Begun begun, Records records) {
    try (Answer answer = begun.answer()) {
      RecordSink sink = new RecordSink();
      BlockWriter writer = new BlockWriter(begun.head(), sink);
      SseWriter out = sink.out();
      Losses losses = new Losses(answer.fidelity());
      for (Event event; (event = answer.next()) != null; ) {
        Failure failure = take(event, losses, writer);
        if (failure != null) {
          send(records, out);
          log(exchange, failure);
          records.breakOff(ErrorEncoder.record(failure, exchange.traceId()));
          return;
        }
        if (event.terminal()) {
          send(records, out);
          records.end();
          return;
        }
        // A lone token leaves at once, a burst leaves together.
        if (out.length() >= MUCH || !answer.ready()) {
          send(records, out);
          records.flush();
        }
      }
    }
    records.breakOff(ErrorEncoder.record(unfinished(exchange), exchange.traceId()));
  }

  /** Passes an event on; returns the failure that the answer ends with. */
  private static @Nullable Failure take(Event event, Losses losses, BlockWriter writer) {
    if (event instanceof Event.Failed(Failure failure)) {
      return failure;
    }
    losses.accept(event);
    writer.accept(event);
    return writer.overfull();
  }

  private static void send(Records records, SseWriter out) {
    if (out.length() > 0) {
      records.write(out.array(), 0, out.length());
      out.clear();
    }
  }

  private static void collect(Exchange exchange, Begun begun) throws UpstreamFailure {
    WholeSink sink = new WholeSink();
    BlockWriter writer = new BlockWriter(begun.head(), sink);
    try (Answer answer = begun.answer()) {
      Losses losses = new Losses(answer.fidelity());
      for (Event event; (event = answer.next()) != null; ) {
        Failure failure = take(event, losses, writer);
        if (failure != null) {
          fail(exchange, failure);
          return;
        }
        sink.check();
        if (event instanceof Event.Finished(FinishReason reason, _, _)) {
          if (sink.brokenCall() && !reason.equals(FinishReason.LENGTH)) {
            fail(
                exchange,
                Failure.of(
                    FailureClass.UPSTREAM, "the arguments of a tool call are not valid JSON"));
          } else {
            Headers headers = Phrases.JSON.plus("request-id", exchange.traceId());
            exchange.respond(200, headers.plus(answer.headers()), sink.body());
          }
          return;
        }
      }
    }
    fail(exchange, unfinished(exchange));
  }

  private static void models(Exchange exchange, Calls calls) {
    ModelsPage page = new ModelsPage(calls.models());
    String id = exchange.parameters().get("id");
    byte[] body = id == null || id.isEmpty() ? page.list(exchange.query()) : page.one(id);
    if (body == null) {
      fail(exchange, Failure.of(FailureClass.NOT_FOUND, "model: " + id));
    } else {
      exchange.respond(200, Phrases.JSON, body);
    }
  }

  private static void fail(Exchange exchange, Failure failure) {
    log(exchange, failure);
    ErrorReply reply = ErrorEncoder.reply(failure, exchange.traceId());
    exchange.respond(reply.status(), reply.headers(), reply.body());
  }

  private static Failure unfinished(Exchange exchange) {
    log(exchange, Phrases.UNFINISHED);
    return Phrases.UNFINISHED;
  }

  private static void log(Exchange exchange, Failure failure) {
    if (ErrorEncoder.masked(failure)) {
      FailureLog.toldLess(LOG, exchange.traceId(), failure);
    }
  }
}
