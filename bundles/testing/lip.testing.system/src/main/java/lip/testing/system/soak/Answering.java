package lip.testing.system.soak;

import java.io.IOException;
import java.time.Duration;
import lip.testing.system.Connection;
import lip.testing.system.Instance;
import lip.testing.system.Reading;
import lip.testing.system.Traffic;
import lip.testing.system.Wait;

/** Asks who answers now. */
record Answering(Instance instance) {
  /** How long a change may take until it is in force. */
  static final Duration LIMIT = Duration.ofSeconds(60);

  /** Waits for an answer of a version. */
  void await(Traffic traffic, String part) {
    Wait.until(
        "an answer of " + part, LIMIT, () -> of(traffic).contains(part), () -> tail(traffic));
  }

  /** Waits for an answer in which a version has no part. */
  void awaitWithout(Traffic traffic, String part) {
    Wait.until(
        "an answer without " + part, LIMIT, () -> !of(traffic).contains(part), instance::log);
  }

  private String tail(Traffic traffic) {
    String log = instance.log();
    return "last answer: " + of(traffic) + "\n" + log.substring(Math.max(0, log.length() - 3_000));
  }

  /** Who answers now. */
  private String of(Traffic traffic) {
    var reading = new Reading(traffic);
    try (var connection = new Connection(instance.port())) {
      int status = connection.post(traffic.path(), traffic.type(), traffic.body());
      if (status != 200) {
        return "status " + status;
      }
      for (byte[] piece = connection.next(); piece != null; piece = connection.next()) {
        reading.take(piece);
      }
      return reading.version();
    } catch (IOException e) {
      return e.toString();
    }
  }
}
