package lip.testing.conformance.frontend;

import java.util.List;
import lip.api.call.Call;
import lip.sdk.fidelity.Deviation;
import lip.sdk.frontend.Frontend;
import lip.sdk.http.Headers;

/**
 * A request that a frontend has served, and what became of it.
 *
 * @param exchange the client's side
 * @param calls the core's side
 */
public record Served(RecordedExchange exchange, CapturingCalls calls) {
  /** Carries a request to its end. */
  public static Served by(Frontend frontend, SampleRequest request, CapturingCalls calls)
      throws Exception {
    RecordedExchange exchange = new RecordedExchange(request);
    frontend.handle(exchange, calls);
    return new Served(exchange, calls);
  }

  /** Status of the response. */
  public int status() {
    return exchange.status();
  }

  /** Headers of the response. */
  public Headers headers() {
    return exchange.responseHeaders();
  }

  /** Body of the response. */
  public String text() {
    return exchange.responseText();
  }

  /** How the response ended. */
  public RecordedExchange.End end() {
    return exchange.end();
  }

  /** The one call that was opened. */
  public Call call() {
    List<Call> opened = calls.opened();
    if (opened.size() != 1) {
      throw new AssertionError("not one call but " + opened);
    }
    return opened.getFirst();
  }

  /** What the frontend said that it could not say, in order. */
  public List<Deviation> reported() {
    return calls.reported();
  }
}
