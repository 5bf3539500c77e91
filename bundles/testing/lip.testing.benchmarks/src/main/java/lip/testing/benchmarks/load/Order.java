package lip.testing.benchmarks.load;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import lip.testing.benchmarks.upstream.Dialect;

/**
 * What to send and how.
 *
 * @param port of 127.0.0.1
 * @param path of the request
 * @param dialect of the answer
 * @param headers lines {@code Name: value}
 * @param body file
 * @param connections at the same time; ignored in an open loop
 * @param total calls; in an open loop they follow from rate and seconds
 * @param rate calls a second, each sent when its time has come; 0 = closed loop
 * @param seconds length of an open loop
 * @param expected what a right answer holds
 */
public record Order(
    int port,
    String path,
    Dialect dialect,
    List<String> headers,
    String body,
    int connections,
    int total,
    int rate,
    int seconds,
    Expected expected) {

  /** A closed loop of calls. */
  public static Order closed(
      Route route, String body, int connections, int total, Expected expected) {
    return new Order(
        route.port(),
        route.path(),
        route.dialect(),
        route.headers(),
        body,
        connections,
        total,
        0,
        0,
        expected);
  }

  /** Calls at a rate. */
  public static Order open(Route route, String body, int rate, int seconds, Expected expected) {
    return new Order(
        route.port(),
        route.path(),
        route.dialect(),
        route.headers(),
        body,
        0,
        rate * seconds,
        rate,
        seconds,
        expected);
  }

  /** As a line, its members separated by tabs. */
  public String line() {
    var words = new ArrayList<String>();
    words.add("port=" + port);
    words.add("path=" + path);
    words.add("dialect=" + dialect);
    headers.forEach(header -> words.add("header=" + header));
    words.add("body=" + body);
    words.add("connections=" + connections);
    words.add("total=" + total);
    words.add("rate=" + rate);
    words.add("seconds=" + seconds);
    words.add("expected=" + expected);
    return String.join("\t", words);
  }

  /** The opposite of {@link #line}. */
  public static Order parse(String line) {
    var headers = new ArrayList<String>();
    Map<String, String> members = new HashMap<>();
    for (String word : line.split("\t", -1)) {
      int at = word.indexOf('=');
      String value = word.substring(at + 1);
      if (word.startsWith("header=")) {
        headers.add(value);
      } else {
        members.put(word.substring(0, at), value);
      }
    }
    return new Order(
        number(members, "port"),
        text(members, "path"),
        Dialect.valueOf(text(members, "dialect")),
        List.copyOf(headers),
        text(members, "body"),
        number(members, "connections"),
        number(members, "total"),
        number(members, "rate"),
        number(members, "seconds"),
        Expected.valueOf(text(members, "expected")));
  }

  private static int number(Map<String, String> members, String name) {
    return Integer.parseInt(text(members, name));
  }

  private static String text(Map<String, String> members, String name) {
    String value = members.get(name);
    if (value == null) {
      throw new IllegalArgumentException("no " + name);
    }
    return value;
  }

  /**
   * Where a request goes.
   *
   * @param port of 127.0.0.1
   * @param path of the request
   * @param dialect of the request and of its answer
   * @param headers lines {@code Name: value}
   */
  public record Route(int port, String path, Dialect dialect, List<String> headers) {}
}
