package lip.core.snapshot;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import lip.sdk.frontend.Claim;
import lip.sdk.frontend.Frontend;
import lip.sdk.http.Headers;
import org.jspecify.annotations.Nullable;

/** Which frontend answers which request. Immutable; matching allocates only for patterns with names. */
public final class RouteTable {
  /** No route. */
  public static final RouteTable EMPTY = new RouteTable(List.of());

  /** A claim of a frontend. */
  public record Route(Claim claim, Entry<Frontend> frontend) {}

  /** What matching found. */
  public sealed interface Match {
    /** A frontend answers. */
    record Found(Entry<Frontend> frontend, Map<String, String> parameters) implements Match {}

    /** The path is claimed, not for this method. */
    record WrongMethod(Entry<Frontend> frontend, List<String> allowed) implements Match {}

    /** Nobody claims the path. */
    record Nobody() implements Match {}
  }

  private record Compiled(Route route, List<String> segments) {}

  private final List<Compiled> routes;

  /** Claims of older instances come first; conditioned ones are tried before the others. */
  public RouteTable(List<Route> claims) {
    List<Compiled> all = new ArrayList<>();
    for (Route route : claims) {
      all.add(new Compiled(route, segments(route.claim().pattern())));
    }
    all.sort(
        Comparator.<Compiled, Boolean>comparing(c -> c.route().claim().when() == null)
            .thenComparing(c -> c.segments().stream().filter(s -> s.startsWith("{")).count())
            .thenComparing(c -> c.segments().stream().anyMatch(s -> s.endsWith("...}"))));
    routes = List.copyOf(all);
  }

  /** The routes in force. */
  public List<Route> routes() {
    return routes.stream().map(Compiled::route).toList();
  }

  /** Finds the frontend for a request; the path as sent, not decoded. */
  public Match match(String method, String rawPath, Headers headers) {
    List<String> path = segments(rawPath);
    Entry<Frontend> claimed = null;
    TreeSet<String> allowed = new TreeSet<>();
    for (Compiled candidate : routes) {
      Claim claim = candidate.route().claim();
      Map<String, String> parameters = parameters(candidate.segments(), path);
      if (parameters == null || !holds(claim.when(), headers)) {
        continue;
      }
      if (claim.method().equals(method)) {
        return new Match.Found(candidate.route().frontend(), parameters);
      }
      claimed = claimed == null ? candidate.route().frontend() : claimed;
      allowed.add(claim.method());
    }
    return claimed == null
        ? new Match.Nobody()
        : new Match.WrongMethod(claimed, List.copyOf(allowed));
  }

  private static boolean holds(Claim.@Nullable HeaderCondition when, Headers headers) {
    if (when == null) {
      return true;
    }
    String value = headers.first(when.name());
    return value != null && value.startsWith(when.prefix());
  }

  private static List<String> segments(String path) {
    List<String> segments = new ArrayList<>(6);
    int from = path.startsWith("/") ? 1 : 0;
    for (int slash; (slash = path.indexOf('/', from)) >= 0; from = slash + 1) {
      segments.add(path.substring(from, slash));
    }
    segments.add(path.substring(from));
    return segments;
  }

  private static @Nullable Map<String, String> parameters(List<String> pattern, List<String> path) {
    Map<String, String> found = Map.of();
    for (int i = 0; i < pattern.size(); i++) {
      String want = pattern.get(i);
      if (want.startsWith("{") && want.endsWith("...}")) {
        if (i >= path.size()) {
          return null;
        }
        found = with(found, want.substring(1, want.length() - 4), join(path, i));
        return found;
      }
      if (i >= path.size()) {
        return null;
      }
      String have = path.get(i);
      if (!want.startsWith("{")) {
        if (!want.equals(have)) {
          return null;
        }
        continue;
      }
      int close = want.indexOf('}');
      String verb = want.substring(close + 1);
      if (have.length() <= verb.length() || !have.endsWith(verb)) {
        return null;
      }
      found =
          with(found, want.substring(1, close), have.substring(0, have.length() - verb.length()));
    }
    return pattern.size() == path.size() ? found : null;
  }

  private static String join(List<String> path, int from) {
    return String.join("/", path.subList(from, path.size()));
  }

  private static Map<String, String> with(Map<String, String> found, String name, String raw) {
    Map<String, String> more = new LinkedHashMap<>(found);
    more.put(name, decode(raw));
    return more;
  }

  private static String decode(String raw) {
    if (raw.indexOf('%') < 0) {
      return raw;
    }
    try {
      // A path has no "+ means blank".
      return URLDecoder.decode(raw.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return raw;
    }
  }
}
