package lip.frontend.openai.legacy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import lip.api.InvalidCall;
import lip.api.call.Call;
import lip.api.event.Collected;
import lip.api.event.Collector;
import lip.api.event.Event;
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
import lip.support.frontend.FailureLog;
import lip.support.frontend.Phrases;
import lip.support.frontend.SessionHeaders;
import lip.support.json.MediaType;
import lip.support.json.Recurring;
import lip.support.openai.chat.LimitHeaders;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One instance: carries an exchange from the decoded body to the last record. */
final class OpenAiLegacyFrontend implements Frontend {
  private static final Logger LOG = LoggerFactory.getLogger(OpenAiLegacyFrontend.class);

  private static final List<Claim> CLAIMS =
      List.of(
          Claim.of("POST", "/v1/chat/completions"),
          Claim.of("GET", "/v1/models"),
          Claim.of("GET", "/v1/models/{id...}"));

  private static final byte[] KEEP_ALIVE = ": keepalive\n\n".getBytes(StandardCharsets.US_ASCII);

  private static final LastWords LAST_WORDS =
      new LastWords(
          ErrorEncoder.reply(Phrases.ENDED_BY_US), ErrorEncoder.record(Phrases.ENDED_BY_US), true);

  private final Recurring<List<Tool>> tools = new Recurring<>();

  @Override
  public List<Claim> claims() {
    return CLAIMS;
  }

  @Override
  public ErrorReply render(Failure failure) {
    return ErrorEncoder.reply(failure);
  }

  @Override
  public Headers headers(ProviderNotes notes, Instant now) {
    return LimitHeaders.write(notes);
  }

  @Override
  public void handle(Exchange exchange, Calls calls) {
    exchange.lastWords(LAST_WORDS);
    if (exchange.method().equals("GET")) {
      models(exchange, calls);
      return;
    }
    if (!MediaType.mayBeJson(exchange.headers().first("Content-Type"))) {
      fail(exchange, Phrases.NO_JSON);
      return;
    }
    try {
      Begun begun = begin(exchange, calls);
      Records records = begun.records();
      if (records == null) {
        collect(exchange, begun);
      } else {
        ChunkEncoder encoder = new ChunkEncoder(begun.head(), begun.includeUsage());
        exchange.follow(
            begun.answer(),
            new ChunkRecords(encoder, begun.answer().fidelity(), records, exchange.traceId()));
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

  /**
   * An answer that has begun. The call is not in it: what a client sends may be large, and while
   * the answer runs nothing needs it.
   *
   * @param records where the answer is streamed to; null = it is sent as a whole
   */
  private record Begun(
      AnswerHead head, boolean includeUsage, @Nullable Records records, Answer answer) {}

  private Begun begin(Exchange exchange, Calls calls) throws BadRequest, Rejected, CallFailed {
    ChatRequest request =
        RequestDecoder.decode(
            exchange.traceId(),
            exchange.headers().first("X-LIP-Route"),
            SessionHeaders.read(exchange.headers()),
            exchange.body(),
            tools);
    Call call = request.call();
    AnswerHead head =
        new AnswerHead(
            calls.ids().next("chatcmpl-"), call.model(), calls.clock().instant().getEpochSecond());
    Records records = call.streaming() ? exchange.stream(200, Phrases.STREAM, KEEP_ALIVE) : null;
    return new Begun(head, request.includeUsage(), records, calls.open(call));
  }

  private static void collect(Exchange exchange, Begun begun) throws UpstreamFailure {
    Collector collector = new Collector();
    Headers headers;
    try (Answer answer = begun.answer()) {
      headers = answer.headers();
      Losses losses = new Losses(answer.fidelity());
      for (Event event; (event = answer.next()) != null; ) {
        losses.accept(event);
        collector.accept(event);
        if (event.terminal()) {
          break;
        }
      }
    }
    Collected whole = collector.result();
    if (whole.failure() != null) {
      fail(exchange, whole.failure());
    } else if (whole.finish() == null) {
      fail(exchange, Phrases.UNFINISHED);
    } else {
      exchange.respond(200, Phrases.JSON.plus(headers), AnswerEncoder.encode(begun.head(), whole));
    }
  }

  private static void models(Exchange exchange, Calls calls) {
    ModelsPage page = new ModelsPage(calls.models());
    String id = exchange.parameters().get("id");
    byte[] body = id == null || id.isEmpty() ? page.list() : page.one(id);
    if (body == null) {
      fail(
          exchange,
          Failure.builder(FailureClass.NOT_FOUND, "The model '" + id + "' does not exist.")
              .param("model")
              .build());
    } else {
      exchange.respond(200, Phrases.JSON, body);
    }
  }

  private static void fail(Exchange exchange, Failure failure) {
    log(exchange.traceId(), failure);
    ErrorReply reply = ErrorEncoder.reply(failure);
    exchange.respond(reply.status(), reply.headers(), reply.body());
  }

  /** Of a failure that the client is told less of, the log has all. */
  static void log(String traceId, Failure failure) {
    if (ErrorEncoder.masked(failure)) {
      FailureLog.toldLess(LOG, traceId, failure);
    }
  }
}
