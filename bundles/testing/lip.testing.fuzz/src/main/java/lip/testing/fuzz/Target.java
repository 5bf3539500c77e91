package lip.testing.fuzz;

/** Something that reads foreign bytes. */
@FunctionalInterface
interface Target {
  /**
   * Feeds it. Returns when the bytes were read or refused as promised; whatever is thrown is a
   * finding.
   */
  void take(byte[] bytes) throws Exception;
}
