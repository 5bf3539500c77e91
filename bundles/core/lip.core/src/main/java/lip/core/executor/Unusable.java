package lip.core.executor;

import lip.api.failure.Failure;

/** A candidate cannot be used; the next one may. */
final class Unusable extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient Failure failure;
  private final boolean last;

  private Unusable(Failure failure, boolean last) {
    super(failure.toString(), null, false, false);
    this.failure = failure;
    this.last = last;
  }

  /** Another candidate may do better. */
  static Unusable here(Failure failure) {
    return new Unusable(failure, false);
  }

  /** No candidate would do better. */
  static Unusable anywhere(Failure failure) {
    return new Unusable(failure, true);
  }

  Failure failure() {
    return failure;
  }

  boolean last() {
    return last;
  }
}
