package lip.frontend.anthropic;

import lip.api.failure.Failure;
import lip.api.failure.FailureClass;
import org.jspecify.annotations.Nullable;

/** A request that cannot be decoded: what is wrong, at which parameter. */
final class BadRequest extends Exception {
  private static final long serialVersionUID = 1L;

  private final FailureClass kind;
  private final String message;
  private final @Nullable String param;

  BadRequest(String message, @Nullable String param) {
    this(FailureClass.INVALID_REQUEST, message, param);
  }

  private BadRequest(FailureClass kind, String message, @Nullable String param) {
    super(message);
    this.kind = kind;
    this.message = message;
    this.param = param;
  }

  /** A request for what this proxy cannot do. */
  static BadRequest unsupported(String message, String param) {
    return new BadRequest(FailureClass.UNSUPPORTED, message, param);
  }

  Failure failure() {
    return Failure.builder(kind, message).param(param).build();
  }
}
