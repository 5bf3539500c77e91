package lip.testing.system;

import java.util.List;

/**
 * What an answer says, whichever client read it.
 *
 * @param text visible text
 * @param calls tool calls
 * @param finish {@code stop}, {@code tools}, {@code length}
 * @param input prompt tokens, cached ones included
 * @param output answer tokens
 */
record Said(String text, List<Call> calls, String finish, long input, long output) {
  /** A tool call. */
  record Call(String id, String name, String arguments) {}
}
