package lip.core.instances;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import lip.core.gateway.ConfigurationCheck.ChangeListener;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who wants to know which configurations came into force. */
final class Acceptance {
  private static final Logger LOG = LoggerFactory.getLogger(Acceptance.class);

  private final List<ChangeListener> listeners = new CopyOnWriteArrayList<>();

  AutoCloseable add(ChangeListener listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  void tell(String pid, @Nullable String name, Map<String, String> values, boolean deleted) {
    for (ChangeListener listener : listeners) {
      try {
        listener.accepted(pid, name, values, deleted);
      } catch (RuntimeException e) {
        // One listener must not silence the others.
        LOG.error("a listener of configuration changes failed: pid={}", pid, e);
      }
    }
  }
}
