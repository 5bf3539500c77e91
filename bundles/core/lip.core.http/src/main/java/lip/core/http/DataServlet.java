package lip.core.http;

import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import lip.api.failure.Failure;
import lip.api.failure.FailureClass;
import lip.core.gateway.Gateway;
import lip.core.gateway.Gateway.Admittance;
import lip.core.gateway.PinnedExchange;
import lip.sdk.frontend.ErrorReply;
import lip.sdk.http.Headers;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletAsyncSupported;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardTarget;

/**
 * The one servlet of the data listener. It answers route claims of the snapshot and the two health
 * paths, nothing else. While the listener moves, two servers hold it: {@code init} may come twice
 * and {@code destroy} while it serves, so it has neither.
 */
@Component(service = {Servlet.class, DataServlet.class})
@HttpWhiteboardServletPattern("/*")
@HttpWhiteboardServletAsyncSupported
@HttpWhiteboardTarget("(lip.port=data)")
public final class DataServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;

  /** Header of the listener's own first request. */
  public static final String PROBE = "X-LIP-Probe";

  private static final Duration TICK = Duration.ofMillis(250);
  private static final byte[] HINT =
      "LIP is running. Point an OpenAI client at /v1 of this address.\n"
          .getBytes(java.nio.charset.StandardCharsets.UTF_8);

  private final transient Gateway gateway;
  private final transient Shared shared;
  private transient volatile Terms terms = Terms.DEFAULT;
  private transient volatile HealthPaths health = HealthPaths.DEFAULT;
  private transient volatile Origins origins = Origins.LOCAL;
  private transient volatile boolean stopping;
  private transient volatile int leaving;
  private transient volatile Optional<Probe> probe = Optional.empty();

  /** With the core's door. */
  @Activate
  public DataServlet(@Reference Gateway gateway) throws IOException {
    this(gateway, Shared.open(TICK));
  }

  DataServlet(Gateway gateway, Shared shared) {
    this.gateway = gateway;
    this.shared = shared;
  }

  @Deactivate
  void close() {
    shared.close();
  }

  /** Limits for requests that begin afterwards. */
  public void terms(Terms changed) {
    terms = changed;
  }

  /** Where health and readiness answer. */
  public void health(HealthPaths changed) {
    health = changed;
  }

  /** Whose web pages may call. */
  public void origins(Origins changed) {
    origins = changed;
  }

  /** From now on not ready; running and new requests go on. */
  public void stopping() {
    stopping = true;
  }

  /** Exchanges that run on connections to a local port. */
  public int open(int localPort) {
    return shared
        .attendant()
        .count(charge -> charge instanceof Vigil vigil && vigil.localPort() == localPort);
  }

  /** Asks the clients of a local port to connect anew: its server goes. 0 = none. */
  public void leaving(int localPort) {
    leaving = localPort;
  }

  /** Expects the listener's own request, or stops expecting it. */
  public void expect(Optional<Probe> expected) {
    probe = expected;
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    String sent = request.getHeader("X-Trace-ID");
    String traceId = sent != null && Plain.traceId(sent) ? sent : freshTrace();
    response.setHeader("X-Trace-ID", traceId);
    if (leaving != 0 && request.getLocalPort() == leaving) {
      response.setHeader("Connection", "close");
    }
    if (!framed(request)) {
      send(
          request,
          response,
          Envelope.refused(501, "the only transfer coding is chunked, and only of HTTP/1.1"));
      return;
    }
    String path = request.getRequestURI();
    Optional<ErrorReply> own = own(request, path);
    if (own.isPresent()) {
      send(request, response, own.get());
      return;
    }
    Headers headers;
    try {
      headers = headers(request);
    } catch (IllegalArgumentException _) {
      // Which header it was, is the client's to find out: its text is not for our log.
      send(request, response, invalid("a request header has an illegal character"));
      return;
    }
    if (!Plain.path(path)) {
      send(request, response, Envelope.reply(nowhere()));
      return;
    }
    switch (gateway.admit(request.getMethod(), path, headers, traceId)) {
      case Admittance.Admitted(PinnedExchange pinned) -> {
        Optional<String> stranger =
            origins.problem(request.getMethod(), headers, request::getLocalAddr);
        if (stranger.isPresent()) {
          send(request, response, forbidden(pinned, stranger.get(), traceId));
        } else {
          serve(pinned, request, response, RequestHead.of(request, headers, traceId));
        }
      }
      case Admittance.Refused refused -> {
        ErrorReply reply =
            refused
                .renderer()
                .map(frontend -> Rendering.of(frontend, refused.failure(), traceId))
                .orElseGet(() -> Envelope.reply(refused.failure()));
        if (!refused.allowed().isEmpty()) {
          response.setHeader("Allow", String.join(", ", refused.allowed()));
        }
        send(request, response, reply);
      }
    }
  }

  private static ErrorReply forbidden(PinnedExchange pinned, String why, String traceId) {
    try (pinned) {
      return Rendering.of(pinned.frontend(), Failure.of(FailureClass.FORBIDDEN, why), traceId);
    }
  }

  /** Jetty frames a body by its last coding and passes over the others; we know only one. */
  private static boolean framed(HttpServletRequest request) {
    String coding = request.getHeader("Transfer-Encoding");
    return coding == null
        || (coding.equalsIgnoreCase("chunked") && request.getProtocol().equals("HTTP/1.1"));
  }

  private void serve(
      PinnedExchange pinned,
      HttpServletRequest request,
      HttpServletResponse response,
      RequestHead head)
      throws IOException {
    LiveExchange exchange;
    try {
      exchange = new LiveExchange(shared, pinned, request, response, head, terms);
    } catch (IOException | RuntimeException | Error e) {
      pinned.close();
      throw e;
    }
    exchange.run();
  }

  private Optional<ErrorReply> own(HttpServletRequest request, String path) {
    String method = request.getMethod();
    if (!method.equals("GET") && !method.equals("HEAD")) {
      return Optional.empty();
    }
    HealthPaths paths = health;
    if (path.equals(paths.health())) {
      String token = request.getHeader(PROBE);
      probe.filter(expected -> expected.token().equals(token)).ifPresent(p -> p.seen(request));
      return Optional.of(Envelope.health());
    }
    if (path.equals(paths.ready())) {
      List<String> reasons = stopping ? List.of("the server stops") : gateway.readiness().reasons();
      return Optional.of(Envelope.ready(reasons));
    }
    if (path.equals("/")) {
      return Optional.of(
          new ErrorReply(200, Headers.of("Content-Type", "text/plain; charset=utf-8"), HINT));
    }
    return Optional.empty();
  }

  private void send(HttpServletRequest request, HttpServletResponse response, ErrorReply reply)
      throws IOException {
    RequestBody body = new RequestBody(request, terms, new Tenure(), shared.bodies());
    response.setStatus(reply.status());
    for (Headers.Field field : reply.headers().fields()) {
      response.addHeader(field.name(), field.value());
    }
    if (body.unread()) {
      response.setHeader("Connection", "close");
    }
    response.setContentLength(reply.body().length);
    response.getOutputStream().write(reply.body());
    response.getOutputStream().close();
    // The client may still be sending: it shall read the answer, not a reset.
    Attendant.Charge clock = body::look;
    shared.attendant().add(clock);
    body.drain(8L << 20, Duration.ofSeconds(2));
    shared.attendant().remove(clock);
  }

  private static Headers headers(HttpServletRequest request) {
    List<Headers.Field> fields = new ArrayList<>(24);
    for (String name : Collections.list(request.getHeaderNames())) {
      for (String value : Collections.list(request.getHeaders(name))) {
        fields.add(new Headers.Field(name, value));
      }
    }
    return Headers.of(fields);
  }

  private static Failure nowhere() {
    return Failure.of(FailureClass.NOT_FOUND, "nothing answers at this path");
  }

  private static ErrorReply invalid(String message) {
    return Envelope.reply(Failure.of(FailureClass.INVALID_REQUEST, message));
  }

  /** Not secret, so it needs no strong randomness: it only must not repeat. */
  private static String freshTrace() {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    StringBuilder id = new StringBuilder(34).append("t_");
    for (int half = 0; half < 2; half++) {
      long bits = random.nextLong();
      for (int shift = 60; shift >= 0; shift -= 4) {
        id.append(Character.forDigit((int) (bits >>> shift) & 15, 16));
      }
    }
    return id.toString();
  }
}
