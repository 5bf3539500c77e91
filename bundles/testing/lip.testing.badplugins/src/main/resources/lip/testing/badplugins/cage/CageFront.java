package lip.test.cage;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lip.api.call.Call;
import lip.api.message.Message;
import lip.api.message.Role;
import lip.api.Dialect;
import lip.api.event.Event;
import lip.api.failure.Failure;
import lip.api.failure.Rejected;
import lip.sdk.Environment;
import lip.sdk.Instance;
import lip.sdk.frontend.AnswerWriter;
import lip.sdk.frontend.CallFailed;
import lip.sdk.frontend.Calls;
import lip.sdk.frontend.Claim;
import lip.sdk.frontend.ErrorReply;
import lip.sdk.frontend.Exchange;
import lip.sdk.frontend.Frontend;
import lip.sdk.frontend.FrontendKind;
import lip.sdk.frontend.Records;
import lip.sdk.http.Headers;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** {@code POST /zoo/cage}: the body says what goes wrong. */
@Component(service = FrontendKind.class)
public final class CageFront implements FrontendKind<FrontSettings> {
  @Activate
  public CageFront() {}

  @Override
  public String id() {
    return "cage-frontend";
  }

  @Override
  public Class<FrontSettings> settings() {
    return FrontSettings.class;
  }

  @Override
  public Optional<Map<String, String>> defaults(Environment environment) {
    return Optional.of(Map.of());
  }

  @Override
  public Frontend create(Instance instance, FrontSettings settings) {
    return new Bad();
  }

  private static final class Bad implements Frontend {
    @Override
    public List<Claim> claims() {
      return List.of(Claim.of("POST", "/zoo/cage"));
    }

    @Override
    public void handle(Exchange exchange, Calls calls) {
      String what;
      try {
        what = new String(exchange.body(), StandardCharsets.UTF_8);
      } catch (Rejected e) {
        throw new IllegalStateException(e);
      }
      Fault.at("handle", what);
      if (what.startsWith("render.")) {
        Fault.render = what.substring("render.".length());
      }
      switch (what) {
        case "handle.nothing" -> {}
        case "handle.nulls" -> exchange.respond(200, null, null);
        case "handle.status" -> exchange.respond(-1, Headers.NONE, new byte[0]);
        case "handle.twice" -> {
          exchange.respond(200, Headers.NONE, "one".getBytes(StandardCharsets.UTF_8));
          exchange.respond(200, Headers.NONE, "two".getBytes(StandardCharsets.UTF_8));
        }
        case "handle.unended" -> {
          var records = exchange.stream(200, Headers.NONE, new byte[0]);
          records.write("begun".getBytes(StandardCharsets.UTF_8), 0, 5);
          records.flush();
        }
        case "follow.nap" -> follow(exchange, calls, "loop:local-stub:stub-slow-20ms-10");
        default -> exchange.respond(200, Headers.NONE, "fine".getBytes(StandardCharsets.UTF_8));
      }
    }

    /** Leaves a stream to the core and naps in the middle of it. */
    private static void follow(Exchange exchange, Calls calls, String model) {
      try {
        var answer =
            calls.open(
                Call.builder(exchange.traceId(), Dialect.OPENAI_CHAT)
                    .model(model)
                    .streaming(true)
                    .messages(List.of(Message.text(Role.USER, "go")))
                    .build());
        exchange.follow(answer, new Napping(exchange.stream(200, Headers.NONE, new byte[0])));
      } catch (CallFailed e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public ErrorReply render(Failure failure) {
      Fault.of(Fault.render);
      return switch (Fault.render) {
        case "null" -> null;
        case "nulls" -> new ErrorReply(500, null, null);
        case "status" -> new ErrorReply(42, Headers.NONE, new byte[0]);
        default -> new ErrorReply(500, Headers.NONE, new byte[0]);
      };
    }
  }

  private static final class Napping implements AnswerWriter {
    private final Records records;
    private int words;

    Napping(Records records) {
      this.records = records;
    }

    @Override
    public boolean write(Event event) {
      if (event instanceof Event.TextDelta(String text)) {
        byte[] word = text.getBytes(StandardCharsets.UTF_8);
        records.write(word, 0, word.length);
        if (++words == 5) {
          Fault.of("nap");
        }
      }
      if (event.terminal()) {
        records.end();
      }
      return event.terminal();
    }

    @Override
    public void pause() {
      records.flush();
    }

    @Override
    public void cutShort() {
      records.breakOff(new byte[0]);
    }
  }
}
