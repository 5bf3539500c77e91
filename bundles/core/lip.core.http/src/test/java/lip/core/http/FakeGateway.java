package lip.core.http;

import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import lip.api.call.Call;
import lip.api.failure.Failure;
import lip.api.failure.FailureClass;
import lip.core.gateway.EndCause;
import lip.core.gateway.Gateway;
import lip.core.gateway.PinnedExchange;
import lip.sdk.Ids;
import lip.sdk.backend.ModelInfo;
import lip.sdk.frontend.Answer;
import lip.sdk.frontend.CallFailed;
import lip.sdk.frontend.Calls;
import lip.sdk.frontend.Claim;
import lip.sdk.frontend.ErrorReply;
import lip.sdk.frontend.Exchange;
import lip.sdk.frontend.Frontend;
import lip.sdk.http.Headers;

/** A door whose frontends are lambdas by path; it shows what became of its exchanges. */
public final class FakeGateway implements Gateway {
  /** A frontend's handler. */
  public interface Handler {
    void handle(Exchange exchange) throws Exception;
  }

  final Map<String, Handler> handlers = new ConcurrentHashMap<>();
  public final Set<Pinned> open = ConcurrentHashMap.newKeySet();
  final List<Pinned> all = new CopyOnWriteArrayList<>();
  public volatile List<String> notReady = List.of();

  public FakeGateway on(String path, Handler handler) {
    handlers.put(path, handler);
    return this;
  }

  Pinned last() {
    return all.getLast();
  }

  @Override
  public Admittance admit(String method, String rawPath, Headers headers, String traceId) {
    Handler handler = handlers.get(rawPath);
    if (handler == null) {
      return new Admittance.Refused(
          Failure.of(FailureClass.NOT_FOUND, "no such path"), Optional.empty());
    }
    Frontend frontend = new LambdaFrontend(handler);
    if (method.equals("DELETE")) {
      return new Admittance.Refused(
          Failure.of(FailureClass.METHOD_NOT_ALLOWED, "use POST"),
          Optional.of(frontend),
          List.of("GET", "POST"));
    }
    Pinned pinned = new Pinned(frontend);
    open.add(pinned);
    all.add(pinned);
    return new Admittance.Admitted(pinned);
  }

  @Override
  public Readiness readiness() {
    return new Readiness(notReady.isEmpty(), notReady);
  }

  @Override
  public int openExchanges() {
    return open.size();
  }

  private record LambdaFrontend(Handler handler) implements Frontend {
    @Override
    public List<Claim> claims() {
      return List.of();
    }

    @Override
    public void handle(Exchange exchange, Calls calls) throws InterruptedException {
      try {
        handler.handle(exchange);
      } catch (InterruptedException | RuntimeException | Error e) {
        throw e;
      } catch (Exception e) {
        throw new IllegalStateException("secret detail of lip.core.http.FakeGateway", e);
      }
    }

    @Override
    public ErrorReply render(Failure failure) {
      return new ErrorReply(
          failure.kind().httpStatus(),
          Headers.of("Content-Type", "text/x-test"),
          ("rendered " + failure.message()).getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }
  }

  /** A pinned exchange that records. */
  public final class Pinned implements PinnedExchange {
    private final Frontend frontend;
    private final AtomicReference<Consumer<EndCause>> onRevoked = new AtomicReference<>();
    final AtomicReference<EndCause> ended = new AtomicReference<>();
    final AtomicReference<Throwable> blamed = new AtomicReference<>();
    volatile Headers headers = Headers.NONE;
    private volatile boolean revoked;

    Pinned(Frontend frontend) {
      this.frontend = frontend;
    }

    void revoke(EndCause cause) {
      revoked = true;
      onRevoked.get().accept(cause);
    }

    boolean closed() {
      return !open.contains(this);
    }

    @Override
    public Frontend frontend() {
      return frontend;
    }

    @Override
    public String frontendId() {
      return "test";
    }

    @Override
    public Map<String, String> parameters() {
      return Map.of();
    }

    @Override
    public Calls calls() {
      return NoCalls.NONE;
    }

    @Override
    public Headers headers() {
      return headers;
    }

    @Override
    public void worker(Thread thread) {}

    @Override
    public void onRevoked(Consumer<EndCause> action) {
      onRevoked.set(action);
    }

    @Override
    public boolean revoked() {
      return revoked;
    }

    @Override
    public void end(EndCause cause) {
      ended.compareAndSet(null, cause);
    }

    @Override
    public void blame(Throwable thrown) {
      blamed.set(thrown);
    }

    @Override
    public EndCause endCause() {
      return ended.get();
    }

    @Override
    public void close() {
      open.remove(this);
    }
  }

  private enum NoCalls implements Calls {
    NONE;

    @Override
    public Answer open(Call call) throws CallFailed {
      throw new CallFailed(Failure.of(FailureClass.UNAVAILABLE, "no backend"), null);
    }

    @Override
    public List<ModelInfo> models() {
      return List.of();
    }

    @Override
    public InstantSource clock() {
      return InstantSource.system();
    }

    @Override
    public Ids ids() {
      return prefix -> prefix + "0";
    }
  }
}
