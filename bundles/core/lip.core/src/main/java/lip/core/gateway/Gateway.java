package lip.core.gateway;

import java.util.List;
import java.util.Optional;
import lip.api.failure.Failure;
import lip.sdk.frontend.Frontend;
import lip.sdk.http.Headers;
import org.osgi.annotation.versioning.ProviderType;

/** The door of the core for requests. A service; safe from any thread. */
@ProviderType
public interface Gateway {
  /** What became of a request at the door. */
  sealed interface Admittance {
    /**
     * A frontend takes it; close the pinned exchange when the request is over.
     *
     * @param exchange the pinned exchange
     */
    record Admitted(PinnedExchange exchange) implements Admittance {}

    /**
     * No frontend can take it.
     *
     * @param failure NOT_FOUND, METHOD_NOT_ALLOWED or UNAVAILABLE
     * @param renderer frontend that claims the path, to render the failure; empty = nobody does
     * @param allowed methods the path is claimed for, when the failure is METHOD_NOT_ALLOWED
     */
    record Refused(Failure failure, Optional<Frontend> renderer, List<String> allowed)
        implements Admittance {
      /** Copies. */
      public Refused {
        allowed = List.copyOf(allowed);
      }

      /** Without a list of methods. */
      public Refused(Failure failure, Optional<Frontend> renderer) {
        this(failure, renderer, List.of());
      }
    }
  }

  /**
   * Pins the current snapshot for a request and leases the frontend and the stage handlers in it.
   *
   * @param method upper case
   * @param rawPath path as sent, not decoded
   * @param headers request header fields
   * @param traceId trace id of the request
   */
  Admittance admit(String method, String rawPath, Headers headers, String traceId);

  /** Whether every mandatory plugin is live and no stop has begun; the reasons otherwise. */
  Readiness readiness();

  /** Number of admitted exchanges that are not closed. */
  int openExchanges();

  /**
   * Readiness.
   *
   * @param ready whether requests can be served
   * @param reasons why not; empty when ready
   */
  record Readiness(boolean ready, java.util.List<String> reasons) {
    /** Copies. */
    public Readiness {
      reasons = java.util.List.copyOf(reasons);
    }
  }
}
