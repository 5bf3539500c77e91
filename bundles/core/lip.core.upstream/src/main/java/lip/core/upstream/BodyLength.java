package lip.core.upstream;

import org.apache.hc.core5.http.ContentLengthStrategy;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpMessage;
import org.apache.hc.core5.http.ProtocolException;
import org.apache.hc.core5.http.impl.DefaultContentLengthStrategy;

/** The library's rules, with sizes that are digits only: it would read {@code +5} too. */
final class BodyLength implements ContentLengthStrategy {
  static final BodyLength STRICT = new BodyLength();

  private BodyLength() {}

  @Override
  public long determineLength(HttpMessage message) throws HttpException {
    for (Header field : message.getHeaders("Content-Length")) {
      String value = field.getValue();
      if (value.isEmpty() || !value.chars().allMatch(c -> c >= '0' && c <= '9')) {
        throw new ProtocolException("a content length that is no number");
      }
    }
    return DefaultContentLengthStrategy.INSTANCE.determineLength(message);
  }
}
