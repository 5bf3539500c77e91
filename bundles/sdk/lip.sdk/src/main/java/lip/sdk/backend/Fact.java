package lip.sdk.backend;

import java.util.Objects;

/**
 * Something that an operator may want to know about an instance now, such as the state of a key.
 * The core shows at most 64 of an instance and 200 characters of each text, all but ASCII escaped.
 *
 * @param topic what it is about, such as {@code key} or {@code models}
 * @param name which of them, such as the reference of a secret; never a secret. May be empty
 * @param state how it fares, for people; nothing of it may come unchecked from another machine
 */
public record Fact(String topic, String name, String state) {
  /** Checks. */
  public Fact {
    Objects.requireNonNull(topic, "topic");
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(state, "state");
  }
}
