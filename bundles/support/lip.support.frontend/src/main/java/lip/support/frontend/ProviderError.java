package lip.support.frontend;

import java.io.ByteArrayOutputStream;
import lip.api.Dialect;
import lip.api.failure.Failure;
import org.jspecify.annotations.Nullable;

/** The error body of a provider that speaks the client's protocol. */
public final class ProviderError {
  private ProviderError() {}

  /** The body as it came, when it tells the client of its own fault; null = it does not. */
  public static byte @Nullable [] unchanged(Failure failure, Dialect dialect) {
    int status = failure.upstreamStatus();
    return failure.raw() != null
            && dialect.equals(failure.dialect())
            && status >= 400
            && status < 500
        ? failure.raw().toBytes()
        : null;
  }

  /** The same without line breaks: a record's data is one line. */
  public static byte[] oneLine(byte[] body) {
    ByteArrayOutputStream line = new ByteArrayOutputStream(body.length);
    for (byte b : body) {
      if (b != '\n' && b != '\r') {
        line.write(b);
      }
    }
    return line.toByteArray();
  }
}
