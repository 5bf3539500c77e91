package lip.frontend.anthropic;

import lip.api.failure.Failure;
import lip.api.failure.FailureClass;
import org.jspecify.annotations.Nullable;

/** A request that cannot be decoded: what is wrong, at which parameter. */
final class BadRequest extends Exception {
  private static final long serialVersionUID = 1L;

  private final String message;
  private final @Nullable String param;

  BadRequest(String message, @Nullable String param) {
    super(message);
    this.message = message;
    this.param = param;
  }

  Failure failure() {
    return Failure.builder(FailureClass.INVALID_REQUEST, message).param(param).build();
  }
}
