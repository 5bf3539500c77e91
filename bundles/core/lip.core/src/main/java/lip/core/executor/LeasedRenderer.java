package lip.core.executor;

import java.util.List;
import lip.api.failure.Failure;
import lip.core.snapshot.Entry;
import lip.sdk.frontend.Calls;
import lip.sdk.frontend.Claim;
import lip.sdk.frontend.ErrorReply;
import lip.sdk.frontend.Exchange;
import lip.sdk.frontend.Frontend;

/** A frontend that only renders a failure, leased for as long as that takes. */
final class LeasedRenderer implements Frontend {
  private final Entry<Frontend> entry;

  LeasedRenderer(Entry<Frontend> entry) {
    this.entry = entry;
  }

  @Override
  public ErrorReply render(Failure failure) {
    if (!entry.acquire()) {
      throw new IllegalStateException("frontend " + entry.id() + " has departed");
    }
    try {
      return entry.instance().render(failure);
    } finally {
      entry.release();
    }
  }

  @Override
  public List<Claim> claims() {
    return List.of();
  }

  @Override
  public void handle(Exchange exchange, Calls calls) {
    throw new UnsupportedOperationException("renders only");
  }
}
