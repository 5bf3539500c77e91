package lip.operations.console;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.osgi.service.servlet.whiteboard.Preprocessor;

/**
 * Stands before everything on the admin listener. The console has no protection against forged
 * requests of its own, so: the Host must be the listener's (no DNS rebinding), and a request that
 * may change something must come from a page of the listener.
 */
final class WriteGuard implements Preprocessor {
  private static final Set<String> READS = Set.of("GET", "HEAD", "OPTIONS");
  private static final Set<String> LOCAL_HOSTS = Set.of("127.0.0.1", "localhost", "[::1]");

  private final Supplier<@Nullable AdminSettings> settings;

  WriteGuard(Supplier<@Nullable AdminSettings> settings) {
    this.settings = settings;
  }

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    HttpServletRequest http = (HttpServletRequest) request;
    AdminSettings now = settings.get();
    List<String> allowed = now == null ? List.of() : now.allowed_origins();
    String problem =
        problem(
            http.getMethod(),
            http.getHeader("Host"),
            http.getHeader("Origin"),
            http.getHeader("Referer"),
            http.getHeader("Sec-Fetch-Site"),
            allowed);
    if (problem == null) {
      HttpServletResponse answer = (HttpServletResponse) response;
      answer.setHeader("X-Frame-Options", "SAMEORIGIN");
      answer.setHeader("X-Content-Type-Options", "nosniff");
      chain.doFilter(request, response);
      return;
    }
    HttpServletResponse refused = (HttpServletResponse) response;
    refused.setStatus(HttpServletResponse.SC_FORBIDDEN);
    refused.setContentType("text/plain;charset=utf-8");
    refused.getWriter().println(problem);
  }

  /** Why a request is refused; null = it is not. */
  static @Nullable String problem(
      String method,
      @Nullable String host,
      @Nullable String origin,
      @Nullable String referer,
      @Nullable String fetchSite,
      List<String> allowedOrigins) {
    if (host == null || !LOCAL_HOSTS.contains(withoutPort(host))) {
      return "this listener answers to its own loopback address only";
    }
    if (READS.contains(method)) {
      return null;
    }
    if (origin != null) {
      return own(origin, host) || allowedOrigins.contains(origin)
          ? null
          : "writes must come from a page of this listener (Origin)";
    }
    if (fetchSite != null && !Set.of("same-origin", "none").contains(fetchSite)) {
      return "writes must come from a page of this listener (Sec-Fetch-Site)";
    }
    if (referer != null) {
      return own(referer, host) ? null : "writes must come from a page of this listener (Referer)";
    }
    // Browsers always send an Origin with a POST; what sends none is a program with the password.
    return null;
  }

  private static boolean own(String address, String host) {
    try {
      URI uri = URI.create(address);
      return uri.getAuthority() != null
          && uri.getAuthority().toLowerCase(Locale.ROOT).equals(host.toLowerCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static String withoutPort(String host) {
    int colon = host.lastIndexOf(':');
    boolean port = colon > host.lastIndexOf(']');
    return (port ? host.substring(0, colon) : host).toLowerCase(Locale.ROOT);
  }
}
