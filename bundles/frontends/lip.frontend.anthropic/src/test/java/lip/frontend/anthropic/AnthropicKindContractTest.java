package lip.frontend.anthropic;

import lip.sdk.Kind;
import lip.sdk.frontend.Frontend;
import lip.testing.conformance.kind.KindContract;

class AnthropicKindContractTest implements KindContract<AnthropicSettings, Frontend> {
  @Override
  public Kind<AnthropicSettings, Frontend> kind() {
    return new AnthropicKind();
  }
}
