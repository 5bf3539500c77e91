package lip.frontend.openai.legacy;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import lip.api.call.Call;
import lip.api.event.Event;
import lip.api.failure.Failure;
import lip.sdk.Ids;
import lip.sdk.backend.ModelInfo;
import lip.sdk.fidelity.Deviation;
import lip.sdk.fidelity.Fidelity;
import lip.sdk.frontend.Answer;
import lip.sdk.frontend.CallFailed;
import lip.sdk.frontend.Calls;
import lip.sdk.frontend.Exchange;
import lip.sdk.frontend.LastWords;
import lip.sdk.frontend.Records;
import lip.sdk.http.Headers;
import lip.testing.kit.CountingIds;
import lip.testing.kit.FixedClock;

/** One exchange against a core that answers with given events or a failure. */
final class FakeExchange implements Exchange, Calls {
  final ByteArrayOutputStream sent = new ByteArrayOutputStream();
  private final CountingIds ids = new CountingIds();
  private final FixedClock clock = new FixedClock();
  private final String method;
  private final Map<String, String> parameters;
  private final byte[] body;
  private List<Event> events = List.of();
  private Failure failure;
  final List<Deviation> reported = new ArrayList<>();
  Headers request = Headers.NONE;
  int status;
  Headers headers;
  Call call;
  LastWords words;
  boolean wordsBeforeCall;
  boolean ended;
  boolean broken;

  private FakeExchange(String method, Map<String, String> parameters, String body) {
    this.method = method;
    this.parameters = parameters;
    this.body = body.getBytes(StandardCharsets.UTF_8);
  }

  static FakeExchange post(String body) {
    return new FakeExchange("POST", Map.of(), body);
  }

  static FakeExchange get(Map<String, String> parameters) {
    return new FakeExchange("GET", parameters, "");
  }

  FakeExchange answering(List<Event> all) {
    events = all;
    return this;
  }

  FakeExchange failing(Failure why) {
    failure = why;
    return this;
  }

  FakeExchange run() {
    new OpenAiLegacyFrontend().handle(this, this);
    return this;
  }

  String text() {
    return sent.toString(StandardCharsets.UTF_8);
  }

  @Override
  public Answer open(Call opened) throws CallFailed {
    call = opened;
    wordsBeforeCall = words != null;
    if (failure != null) {
      throw new CallFailed(failure, null);
    }
    return new Answer() {
      private int next;

      @Override
      public Event next() {
        return next < events.size() ? events.get(next++) : null;
      }

      @Override
      public boolean ready() {
        return next < events.size();
      }

      @Override
      public Fidelity fidelity() {
        return reported::add;
      }

      @Override
      public Headers headers() {
        return Headers.of("X-LIP-Test", "1");
      }

      @Override
      public void close() {}
    };
  }

  @Override
  public List<ModelInfo> models() {
    return List.of(new ModelInfo("a/b", null, 5, "x"), new ModelInfo("a/b", "twice", 6, "y"));
  }

  @Override
  public InstantSource clock() {
    return clock;
  }

  @Override
  public Ids ids() {
    return ids;
  }

  @Override
  public String method() {
    return method;
  }

  @Override
  public String path() {
    return "/v1/chat/completions";
  }

  @Override
  public Map<String, String> parameters() {
    return parameters;
  }

  @Override
  public String query() {
    return "";
  }

  @Override
  public String traceId() {
    return "trace-1";
  }

  @Override
  public Headers headers() {
    return request;
  }

  @Override
  public byte[] body() {
    return body;
  }

  @Override
  public InputStream bodyStream() {
    return InputStream.nullInputStream();
  }

  @Override
  public void respond(int code, Headers fields, byte[] bytes) {
    status = code;
    headers = fields;
    sent.writeBytes(bytes);
    ended = true;
  }

  @Override
  public Records stream(int code, Headers fields, byte[] keepAlive) {
    status = code;
    headers = fields;
    return new Records() {
      @Override
      public void write(byte[] bytes, int offset, int length) {
        sent.write(bytes, offset, length);
      }

      @Override
      public void flush() {}

      @Override
      public void end() {
        ended = true;
      }

      @Override
      public void breakOff(byte[] error) {
        sent.writeBytes(error);
        broken = true;
      }
    };
  }

  @Override
  public boolean started() {
    return sent.size() > 0;
  }

  @Override
  public void lastWords(LastWords last) {
    words = last;
  }
}
