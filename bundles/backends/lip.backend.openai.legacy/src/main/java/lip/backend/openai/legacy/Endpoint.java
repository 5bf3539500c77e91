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
  static final String DEFAULT = "https://api.openai.com/v1";

  private static final String ALLOWED = "an address such as https://host:port/v1";

  static Endpoint of(URI uri) throws InvalidSettings {
    return new Endpoint(ServerAddress.of(uri, ALLOWED));
  }

  URI resolve(String path) {
    return address.resolve(path);
  }

  /** OpenAI itself, which refuses fields that compatible servers take. */
  boolean isOpenAi() {
    return "api.openai.com".equalsIgnoreCase(address.host());
  }

  /** The provider's own address: the only one that keys of the environment go to. */
  boolean isDefault() {
    return address.base().equals(DEFAULT);
  }

  /** Whether a key would travel readable to another machine. */
  boolean exposesKeys() {
    return address.exposesKeys();
  }
}
