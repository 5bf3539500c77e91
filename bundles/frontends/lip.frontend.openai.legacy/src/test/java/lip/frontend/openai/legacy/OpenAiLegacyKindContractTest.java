package lip.frontend.openai.legacy;

import lip.sdk.Kind;
import lip.sdk.frontend.Frontend;
import lip.testing.conformance.kind.KindContract;

class OpenAiLegacyKindContractTest implements KindContract<OpenAiLegacySettings, Frontend> {
  @Override
  public Kind<OpenAiLegacySettings, Frontend> kind() {
    return new OpenAiLegacyKind();
  }
}
