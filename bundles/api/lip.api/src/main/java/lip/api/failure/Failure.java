package lip.api.failure;

import java.time.Duration;
import lip.api.Dialect;
import lip.api.InvalidCall;
import lip.api.Json;
import lip.api.Limits;
import org.jspecify.annotations.Nullable;

/**
 * One failure with all that a client or a log may need. Holds no secret: whoever builds it redacts
 * what came from upstream. Immutable.
 */
public final class Failure {
  private final FailureClass kind;
  private final String message;
  private final boolean recoverable;
  private final int upstreamStatus;
  private final @Nullable String upstreamType;
  private final @Nullable String upstreamCode;
  private final @Nullable String param;
  private final @Nullable Duration retryAfter;
  private final @Nullable Dialect dialect;
  private final @Nullable Json raw;
  private final @Nullable String detail;

  private Failure(Builder b) {
    kind = b.kind;
    message = b.message;
    recoverable = b.recoverable;
    upstreamStatus = b.upstreamStatus;
    upstreamType = b.upstreamType;
    upstreamCode = b.upstreamCode;
    param = b.param;
    retryAfter = b.retryAfter;
    dialect = b.dialect;
    raw = b.raw;
    detail = b.detail;
    InvalidCall.checkLength("message", message, Limits.DIAGNOSTIC);
  }

  /** A failure with a message for the client. */
  public static Failure of(FailureClass kind, String message) {
    return builder(kind, message).build();
  }

  /** A builder. */
  public static Builder builder(FailureClass kind, String message) {
    return new Builder(kind, message);
  }

  /** What went wrong. */
  public FailureClass kind() {
    return kind;
  }

  /** Text for the client: names thing, value and limit, no secret, no class name, no stack. */
  public String message() {
    return message;
  }

  /** Whether another candidate may be tried when nothing was committed yet. */
  public boolean recoverable() {
    return recoverable;
  }

  /** HTTP status of the provider, 0 when there was none. */
  public int upstreamStatus() {
    return upstreamStatus;
  }

  /** The provider's error type; null = none. */
  public @Nullable String upstreamType() {
    return upstreamType;
  }

  /** The provider's error code; null = none. */
  public @Nullable String upstreamCode() {
    return upstreamCode;
  }

  /** The offending parameter; null = unknown. */
  public @Nullable String param() {
    return param;
  }

  /** When to try again; null = not said. */
  public @Nullable Duration retryAfter() {
    return retryAfter;
  }

  /** Dialect of {@link #raw()}; null = none. */
  public @Nullable Dialect dialect() {
    return dialect;
  }

  /** The provider's error body, redacted, for a frontend of the same dialect; null = none. */
  public @Nullable Json raw() {
    return raw;
  }

  /** More for the log, never for the client; null = none. */
  public @Nullable String detail() {
    return detail;
  }

  /** A builder that starts from this failure. */
  public Builder toBuilder() {
    Builder b = new Builder(kind, message);
    b.recoverable = recoverable;
    b.upstreamStatus = upstreamStatus;
    b.upstreamType = upstreamType;
    b.upstreamCode = upstreamCode;
    b.param = param;
    b.retryAfter = retryAfter;
    b.dialect = dialect;
    b.raw = raw;
    b.detail = detail;
    return b;
  }

  /** For logs. */
  @Override
  public String toString() {
    return kind.id() + (upstreamStatus == 0 ? "" : "/" + upstreamStatus) + ": " + message;
  }

  /** Collects a failure; not thread-safe. */
  public static final class Builder {
    private final FailureClass kind;
    private final String message;
    private boolean recoverable;
    private int upstreamStatus;
    private @Nullable String upstreamType;
    private @Nullable String upstreamCode;
    private @Nullable String param;
    private @Nullable Duration retryAfter;
    private @Nullable Dialect dialect;
    private @Nullable Json raw;
    private @Nullable String detail;

    private Builder(FailureClass kind, String message) {
      this.kind = kind;
      this.message = message;
    }

    /** See {@link Failure#recoverable()}; false when not called. */
    public Builder recoverable(boolean value) {
      recoverable = value;
      return this;
    }

    /** See {@link Failure#upstreamStatus()}. */
    public Builder upstreamStatus(int value) {
      upstreamStatus = value;
      return this;
    }

    /** See {@link Failure#upstreamType()}. */
    public Builder upstreamType(@Nullable String value) {
      upstreamType = value;
      return this;
    }

    /** See {@link Failure#upstreamCode()}. */
    public Builder upstreamCode(@Nullable String value) {
      upstreamCode = value;
      return this;
    }

    /** See {@link Failure#param()}. */
    public Builder param(@Nullable String value) {
      param = value;
      return this;
    }

    /** See {@link Failure#retryAfter()}. */
    public Builder retryAfter(@Nullable Duration value) {
      retryAfter = value;
      return this;
    }

    /** See {@link Failure#raw()}. */
    public Builder raw(Dialect from, Json body) {
      dialect = from;
      raw = body;
      return this;
    }

    /** See {@link Failure#detail()}. */
    public Builder detail(@Nullable String value) {
      detail = value;
      return this;
    }

    /** The failure. */
    public Failure build() {
      return new Failure(this);
    }
  }
}
