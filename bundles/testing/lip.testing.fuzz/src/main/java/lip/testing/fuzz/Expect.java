package lip.testing.fuzz;

/** Says what must hold. */
final class Expect {
  private Expect() {}

  static void that(boolean holds, String what) {
    if (!holds) {
      throw new AssertionError(what);
    }
  }

  /** A refusal that a user can do something with. */
  static void explained(String message) {
    that(!message.isBlank(), "a refusal without a reason");
    that(message.length() <= 4096, "a refusal of " + message.length() + " characters");
    that(
        message.chars().noneMatch(c -> c < 0x20 && c != '\t'), "a refusal with control characters");
  }
}
