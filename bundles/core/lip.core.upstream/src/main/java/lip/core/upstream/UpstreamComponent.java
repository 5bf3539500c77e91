package lip.core.upstream;

import java.util.concurrent.atomic.AtomicReference;
import lip.api.failure.UpstreamFailure;
import lip.sdk.upstream.Reply;
import lip.sdk.upstream.Request;
import lip.sdk.upstream.Upstream;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;

/** The client as a service. */
@Component(service = Upstream.class, immediate = true)
public final class UpstreamComponent implements Upstream {
  private final AtomicReference<UpstreamOptions> options =
      new AtomicReference<>(UpstreamOptions.DEFAULT);
  private final UpstreamClient client = new UpstreamClient(options::get, System.getenv());

  /** Starts the client. */
  @Activate
  public UpstreamComponent() {}

  /** Puts settings in force: for new exchanges, and at once for the bounds of the pool. */
  void apply(UpstreamOptions changed) {
    options.set(changed);
  }

  @Override
  public Reply send(Request request) throws UpstreamFailure {
    return client.send(request);
  }

  /** Ends what still runs. */
  @Deactivate
  public void close() {
    client.close();
  }
}
