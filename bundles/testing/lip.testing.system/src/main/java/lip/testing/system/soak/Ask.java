package lip.testing.system.soak;

import java.util.random.RandomGenerator;
import lip.testing.system.Traffic;
import org.jspecify.annotations.Nullable;

/**
 * One request and what becomes of it.
 *
 * @param kind its name in the table
 * @param traffic where it goes and how to read the answer
 * @param body the request
 * @param streamed whether it asks for a stream
 * @param manner how the client behaves
 * @param expected the answer; of a client that goes, what there is of it
 * @param door what must be there when the request starts; null = always there
 */
record Ask(
    String kind,
    Traffic traffic,
    String body,
    boolean streamed,
    Manner manner,
    Expected expected,
    @Nullable Door door) {
  /** How a client behaves. Closed by nature. */
  enum Manner {
    /** Reads to the end. */
    READS,
    /** Reads so slowly that the server must wait. */
    SLOW,
    /** Closes behind a few pieces. */
    LEAVES,
    /** Resets the connection behind a few pieces. */
    VANISHES,
    /** Closes before there is an answer. */
    CANCELS
  }

  static Ask of(String kind, Traffic traffic, String body, Expected expected) {
    return new Ask(kind, traffic, body, true, Manner.READS, expected, null);
  }

  Ask unstreamed() {
    String changed = body.replace("\"stream\":true", "\"stream\":false");
    return new Ask(kind + "-whole", traffic, changed, false, manner, expected, door);
  }

  Ask by(Manner other) {
    return new Ask(kind, traffic, body, streamed, other, expected, door);
  }

  Ask leaving(RandomGenerator random) {
    return by(random.nextBoolean() ? Manner.LEAVES : Manner.VANISHES);
  }

  Ask behind(Door needed) {
    return new Ask(kind, traffic, body, streamed, manner, expected, needed);
  }
}
