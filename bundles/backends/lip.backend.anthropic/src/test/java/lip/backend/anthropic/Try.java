package lip.backend.anthropic;

import lip.api.call.Call;
import lip.sdk.backend.Attempt;

record Try(String model, Call call) implements Attempt {
  @Override
  public String bLegId() {
    return "b_1";
  }

  @Override
  public int number() {
    return 1;
  }
}
