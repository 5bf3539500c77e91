package lip.core.routing;

import lip.api.Limits;
import lip.api.failure.Failure;
import lip.api.failure.FailureClass;

/**
 * A route text taken apart at its first colon.
 *
 * @param head text before the colon; the whole text when there is none
 * @param tail text behind it; empty when there is none
 * @param colon whether there is one
 */
record Selector(String head, String tail, boolean colon) {
  /** Characters of the grammar that is not understood yet. */
  private static final String OPERATORS = "|^?[]!";

  /** A selector of a client, checked. */
  static Selector parse(String text) throws Unroutable {
    String selector = text.strip();
    if (selector.isEmpty()) {
      throw invalid("the route selector is empty; allowed: backend:model, backend, or model");
    }
    if (selector.length() > Limits.ROUTE_SELECTOR) {
      throw invalid("the route selector is longer than " + Limits.ROUTE_SELECTOR + " characters");
    }
    for (int i = 0; i < selector.length(); i++) {
      char c = selector.charAt(i);
      if (Character.isISOControl(c)) {
        throw invalid("the route selector has a control character at position " + i);
      }
      if (OPERATORS.indexOf(c) >= 0) {
        throw invalid(
            "the route selector has \""
                + c
                + "\" at position "
                + i
                + ": operators and parameters are not supported; allowed: backend:model, backend,"
                + " or model");
      }
    }
    return split(selector);
  }

  /** Any text, not checked: a model name is data. */
  static Selector split(String text) {
    int colon = text.indexOf(':');
    return colon < 0
        ? new Selector(text, "", false)
        : new Selector(text.substring(0, colon).strip(), text.substring(colon + 1).strip(), true);
  }

  /** A refusal of what the client wrote. */
  static Unroutable invalid(String message) {
    return new Unroutable(
        Failure.builder(FailureClass.INVALID_REQUEST, message).param("X-LIP-Route").build());
  }
}
