package lip.core.http.listener;

import lip.core.gateway.ConfigurationLoaded;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Opens the listener once the configuration folder has been read. It stays open when the deployer
 * goes.
 */
@Component(service = ListenerOpener.class, immediate = true)
public final class ListenerOpener {
  /** Opens. */
  @Activate
  public ListenerOpener(@Reference DataListener listener, @Reference ConfigurationLoaded loaded) {
    listener.open();
  }
}
