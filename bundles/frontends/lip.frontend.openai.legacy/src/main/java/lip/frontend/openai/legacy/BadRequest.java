package lip.frontend.openai.legacy;

import lip.api.failure.Failure;
import lip.api.failure.FailureClass;
import org.jspecify.annotations.Nullable;

/** A request that cannot be decoded: what is wrong, at which parameter. */
final class BadRequest extends Exception {
  private static final long serialVersionUID = 1L;

  private final String message;
  private final @Nullable String param;
  private final @Nullable String code;

  BadRequest(String message, @Nullable String param, @Nullable String code) {
    super(message);
    this.message = message;
    this.param = param;
    this.code = code;
  }

  @Nullable String param() {
    return param;
  }

  @Nullable String code() {
    return code;
  }

  Failure failure() {
    return Failure.builder(FailureClass.INVALID_REQUEST, message)
        .param(param)
        .upstreamCode(code)
        .build();
  }
}
