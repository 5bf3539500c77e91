package lip.core.upstream;

import java.util.concurrent.atomic.AtomicReference;
import lip.api.failure.UpstreamFailure;
import lip.core.gateway.AnswerRoom;
import lip.core.gateway.KeptThreads;
import lip.core.gateway.Singletons;
import lip.sdk.InvalidSettings;
import lip.sdk.upstream.Reply;
import lip.sdk.upstream.Request;
import lip.sdk.upstream.Upstream;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** The client as a service, with the settings of {@code lip.http.client}. */
@Component(service = Upstream.class, immediate = true)
public final class UpstreamComponent implements Upstream, Singletons.Target<HttpClientSettings> {
  private final AtomicReference<UpstreamOptions> options =
      new AtomicReference<>(UpstreamOptions.DEFAULT);
  private final UpstreamClient client;
  private final Singletons.Binding binding;

  /** Starts the client. */
  @Activate
  public UpstreamComponent(
      BundleContext context,
      @Reference Singletons singletons,
      @Reference AnswerRoom room,
      @Reference KeptThreads kept) {
    client = new UpstreamClient(options::get, System.getenv(), room, kept);
    binding =
        singletons.bind("lip.http.client", HttpClientSettings.class, context.getBundle(), this);
  }

  @Override
  public void check(HttpClientSettings settings) throws InvalidSettings {
    HttpClientSettings.options(settings);
  }

  /** Puts settings in force: for new exchanges, and at once for the bounds of the pool. */
  @Override
  public void apply(HttpClientSettings settings) {
    try {
      options.set(HttpClientSettings.options(settings));
    } catch (InvalidSettings e) {
      throw new IllegalStateException("settings that were checked", e);
    }
  }

  @Override
  public Reply send(Request request) throws UpstreamFailure {
    return client.send(request);
  }

  /** Ends what still runs. */
  @Deactivate
  public void close() {
    binding.close();
    client.close();
  }
}
