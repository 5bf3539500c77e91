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
import lip.api.tool.Tool;
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
import lip.support.json.Recurring;
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

  private static final LastWords LAST_WORDS =
      new LastWords(
          ErrorEncoder.reply(Phrases.ENDED_BY_US, null),
          ErrorEncoder.record(Phrases.ENDED_BY_US, null),
          true);

  private final Recurring<List<Tool>> tools = new Recurring<>();

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

  private void post(Exchange exchange, Calls calls)
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
      exchange.follow(
          begun.answer(),
          new MessageRecords(begun.head(), begun.answer().fidelity(), records, exchange.traceId()));
    }
  }

  private Call decode(Exchange exchange, boolean counting) throws BadRequest, Rejected {
    return RequestDecoder.decode(RequestHead.of(exchange), exchange.body(), counting, tools);
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

  private Begun begin(Exchange exchange, Calls calls) throws BadRequest, Rejected, CallFailed {
    Call call = decode(exchange, false);
    MessageHead head = new MessageHead(calls.ids().next("msg_"), call.model());
    Records records =
        call.streaming()
            ? exchange.stream(200, Phrases.STREAM.plus("request-id", exchange.traceId()), PING)
            : null;
    return new Begun(head, records, calls.open(call));
  }

  private static void collect(Exchange exchange, Begun begun) throws UpstreamFailure {
    WholeSink sink = new WholeSink();
    BlockWriter writer = new BlockWriter(begun.head(), sink);
    try (Answer answer = begun.answer()) {
      Losses losses = new Losses(answer.fidelity());
      for (Event event; (event = answer.next()) != null; ) {
        if (event instanceof Event.Failed(Failure failure)) {
          fail(exchange, failure);
          return;
        }
        losses.accept(event);
        writer.accept(event);
        Failure overfull = writer.overfull();
        if (overfull != null) {
          fail(exchange, overfull);
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
    fail(exchange, Phrases.UNFINISHED);
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
    log(exchange.traceId(), failure);
    ErrorReply reply = ErrorEncoder.reply(failure, exchange.traceId());
    exchange.respond(reply.status(), reply.headers(), reply.body());
  }

  /** Of a failure that the client is told less of, the log has all. */
  static void log(String traceId, Failure failure) {
    if (ErrorEncoder.masked(failure)) {
      FailureLog.toldLess(LOG, traceId, failure);
    }
  }
}
