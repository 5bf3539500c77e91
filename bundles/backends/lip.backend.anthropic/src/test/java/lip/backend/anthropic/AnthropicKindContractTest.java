package lip.backend.anthropic;

import lip.sdk.Kind;
import lip.sdk.backend.Backend;
import lip.testing.conformance.kind.KindContract;

class AnthropicKindContractTest implements KindContract<AnthropicSettings, Backend> {
  @Override
  public Kind<AnthropicSettings, Backend> kind() {
    return new AnthropicKind(
        _ -> {
          throw new IllegalStateException("nothing is sent here");
        },
        Backends.NOTHING);
  }
}
