package lip.support.provider;

import lip.api.failure.UpstreamFailure;
import lip.sdk.upstream.Reply;
import lip.support.sse.ByteSource;

/**
 * The body of an answer, for a reader of records.
 *
 * @param waits whether to wait for bytes; without it a read may give 0
 */
public record ReplySource(Reply reply, boolean waits) implements ByteSource<UpstreamFailure> {
  @Override
  public int read(byte[] buffer, int offset, int length) throws UpstreamFailure {
    return waits ? reply.read(buffer, offset, length) : reply.readNow(buffer, offset, length);
  }

  @Override
  public void hold(int bytes) throws UpstreamFailure {
    reply.hold(bytes);
  }
}
