package lip.backend.stub;

import java.util.Map;
import lip.sdk.Kind;
import lip.sdk.backend.Backend;
import lip.testing.conformance.kind.KindContract;

class LocalStubKindContractTest implements KindContract<LocalStubSettings, Backend> {
  @Override
  public Kind<LocalStubSettings, Backend> kind() {
    return new LocalStubKind();
  }

  @Override
  public Map<String, Map<String, String>> invalid() {
    return Map.of(
        "error.status", Map.of("error.status", "200"),
        "finish.reason", Map.of("finish.reason", "tired"),
        "tool.args", Map.of("tool.args", "x".repeat(64 * 1024 + 1)));
  }
}
