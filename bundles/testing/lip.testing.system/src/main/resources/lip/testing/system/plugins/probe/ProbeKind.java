package lip.test.NAME;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lip.api.Dialect;
import lip.api.call.Call;
import lip.api.event.Event;
import lip.api.failure.Failure;
import lip.api.failure.Rejected;
import lip.api.message.Message;
import lip.api.message.Role;
import lip.sdk.Environment;
import lip.sdk.Instance;
import lip.sdk.frontend.Answer;
import lip.sdk.frontend.CallFailed;
import lip.sdk.frontend.Calls;
import lip.sdk.frontend.Claim;
import lip.sdk.frontend.ErrorReply;
import lip.sdk.frontend.Exchange;
import lip.sdk.frontend.Frontend;
import lip.sdk.frontend.FrontendKind;
import lip.sdk.frontend.LastWords;
import lip.sdk.frontend.Records;
import lip.sdk.http.Headers;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** {@code POST /lip-test/NAME}: the body is the model; each text delta becomes a record with our version. */
@Component(service = FrontendKind.class)
public final class ProbeKind implements FrontendKind<Settings> {
  private final String version;

  @Activate
  public ProbeKind(BundleContext context) {
    version = context.getBundle().getVersion().toString();
  }

  @Override
  public String id() {
    return "NAME";
  }

  @Override
  public Class<Settings> settings() {
    return Settings.class;
  }

  @Override
  public Optional<Map<String, String>> defaults(Environment environment) {
    return Optional.of(Map.of());
  }

  @Override
  public Frontend create(Instance instance, Settings settings) {
    return new Probe(version);
  }
}

final class Probe implements Frontend {
  private static final Headers EVENTS = Headers.of("Content-Type", "text/event-stream");
  private final String version;
  private volatile boolean closed;

  Probe(String version) {
    this.version = version;
  }

  @Override
  public List<Claim> claims() {
    return List.of(Claim.of("POST", "/lip-test/NAME"));
  }

  @Override
  public void handle(Exchange exchange, Calls calls) {
    needOpen();
    exchange.lastWords(
        new LastWords(plain(503, "ended by the core"), error("ended by the core"), true));
    Answer answer;
    try {
      String model = new String(exchange.body(), StandardCharsets.UTF_8);
      answer =
          calls.open(
              Call.builder(exchange.traceId(), new Dialect("lip-test"))
                  .model(model)
                  .streaming(true)
                  .messages(List.of(Message.text(Role.USER, "go")))
                  .build());
    } catch (CallFailed e) {
      reply(exchange, render(e.failure()));
      return;
    } catch (Rejected e) {
      reply(exchange, render(e.failure()));
      return;
    }
    try (answer) {
      stream(exchange.stream(200, EVENTS, new byte[0]), answer);
    }
  }

  private void stream(Records records, Answer answer) {
    for (Event event = answer.next(); event != null; event = answer.next()) {
      needOpen();
      switch (event) {
        case Event.TextDelta(String text) -> write(records, "data: f" + version + " " + text + "\n\n");
        case Event.Failed(Failure failure) -> {
          records.breakOff(error(failure.message()));
          return;
        }
        default -> {}
      }
      if (!answer.ready()) {
        records.flush();
      }
    }
    records.end();
  }

  private static void write(Records records, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    records.write(bytes, 0, bytes.length);
  }

  private static byte[] error(String message) {
    return ("event: error\ndata: " + message + "\n\n").getBytes(StandardCharsets.UTF_8);
  }

  private static void reply(Exchange exchange, ErrorReply reply) {
    exchange.respond(reply.status(), reply.headers(), reply.body());
  }

  private static ErrorReply plain(int status, String text) {
    return new ErrorReply(
        status,
        Headers.of("Content-Type", "text/plain"),
        text.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public ErrorReply render(Failure failure) {
    return plain(500, failure.message());
  }

  private void needOpen() {
    if (closed) {
      throw new IllegalStateException("the frontend was closed under a stream");
    }
  }

  @Override
  public void close() {
    closed = true;
  }
}
