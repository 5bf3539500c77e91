package lip.sdk.frontend;

import org.osgi.annotation.versioning.ProviderType;

/**
 * The body of a streamed response, written by the request's thread; keep-alives of the core come
 * between two writes, never inside one. Each method throws {@link ExchangeEnded} when the client is
 * gone or the core has ended the exchange.
 */
@ProviderType
public interface Records {
  /** Appends whole records; they leave at the next flush, or when much has gathered. */
  void write(byte[] bytes, int offset, int length);

  /** Sends what was written. */
  void flush();

  /** Sends what was written and ends the body. */
  void end();

  /**
   * Sends what was written and an error record, then cuts the connection without an end of body.
   */
  void breakOff(byte[] error);
}
