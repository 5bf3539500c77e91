package lip.backend.openai.legacy;

import lip.sdk.Kind;
import lip.sdk.backend.Backend;
import lip.testing.conformance.kind.KindContract;

class OpenAiLegacyKindContractTest implements KindContract<OpenAiLegacySettings, Backend> {
  @Override
  public Kind<OpenAiLegacySettings, Backend> kind() {
    return new OpenAiLegacyKind(
        _ -> {
          throw new IllegalStateException("nothing is sent here");
        },
        Backends.NOTHING);
  }
}
