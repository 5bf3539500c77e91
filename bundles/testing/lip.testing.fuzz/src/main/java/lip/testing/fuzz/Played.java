package lip.testing.fuzz;

import lip.sdk.http.Headers;
import lip.sdk.upstream.Reply;

/** An answer that is the bytes behind the first one, in pieces. */
final class Played implements Reply {
  private final Headers headers;
  private final byte[] bytes;
  private final int piece;
  private int at = 1;

  Played(Headers headers, byte[] bytes, int piece) {
    this.headers = headers;
    this.bytes = bytes;
    this.piece = piece;
  }

  @Override
  public int status() {
    return 200;
  }

  @Override
  public Headers headers() {
    return headers;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) {
    if (at == bytes.length) {
      return -1;
    }
    int count = Math.min(Math.min(piece, length), bytes.length - at);
    System.arraycopy(bytes, at, buffer, offset, count);
    at += count;
    return count;
  }

  @Override
  public int readNow(byte[] buffer, int offset, int length) {
    return piece % 2 == 0 ? 0 : read(buffer, offset, length);
  }

  @Override
  public byte[] readAll(int limit) {
    byte[] rest = new byte[bytes.length - at];
    System.arraycopy(bytes, at, rest, 0, rest.length);
    at = bytes.length;
    return rest;
  }

  @Override
  public void close() {}
}
