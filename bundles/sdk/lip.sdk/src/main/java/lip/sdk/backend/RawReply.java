package lip.sdk.backend;

import lip.api.failure.UpstreamFailure;
import lip.sdk.http.Headers;
import org.osgi.annotation.versioning.ConsumerType;

/** The answer to a relayed request; same rules as {@link lip.sdk.upstream.Reply}. */
@ConsumerType
public interface RawReply extends AutoCloseable {
  /** Status code. */
  int status();

  /** End-to-end fields. */
  Headers headers();

  /** Waits for body bytes; -1 at the end. */
  int read(byte[] buffer, int offset, int length) throws UpstreamFailure;

  /** Takes what has already arrived; 0 when it would have to wait. */
  int readNow(byte[] buffer, int offset, int length) throws UpstreamFailure;

  @Override
  void close();
}
