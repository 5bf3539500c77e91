package lip.testing.system.soak;

import java.util.Set;

/** How an answer must look. */
sealed interface Expected {
  /** Numbered cells with their checksums, all of one version, and the end. */
  record Cells(int count) implements Expected {}

  /** This text and the end. */
  record Text(String text) implements Expected {}

  /**
   * Some of this text, then an error of the protocol and no end.
   *
   * @param before whether the error may come before any output, with a status of its own
   */
  record Broken(String text, boolean before) implements Expected {}

  /** One of these statuses, with an error in the body. */
  record Refused(Set<Integer> statuses) implements Expected {}
}
