package lip.backend.openai.legacy;

import java.net.URI;
import lip.sdk.InvalidSettings;
import lip.support.provider.ServerAddress;

/**
 * A checked base address.
 *
 * @param address address up to and including {@code /v1}
 */
record Endpoint(ServerAddress address) {
  private static final String ALLOWED = "an address such as https://host:port/v1";

  static Endpoint of(URI uri) throws InvalidSettings {
    return new Endpoint(ServerAddress.of(uri, ALLOWED));
  }

  URI resolve(String path) {
    return address.resolve(path);
  }
}
