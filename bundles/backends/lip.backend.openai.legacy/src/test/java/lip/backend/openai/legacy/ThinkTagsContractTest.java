package lip.backend.openai.legacy;

import lip.sdk.InvalidSettings;
import lip.sdk.backend.Backend;

/** The contract of a backend with a profile that looks for thoughts in the text. */
class ThinkTagsContractTest extends OpenAiLegacyContractTest {
  @Override
  public Backend backend() throws InvalidSettings {
    return provider.backend("vllm");
  }
}
