package lip.operations.deploy;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import lip.core.gateway.Inventory.FileView;
import org.jspecify.annotations.Nullable;

/** What the inventory says about the watched files. Safe from any thread. */
final class FileStates {
  private final Map<String, FileView> states = new ConcurrentSkipListMap<>();
  private final InstantSource clock;

  FileStates(InstantSource clock) {
    this.clock = clock;
  }

  void set(
      String file,
      String digest,
      long bundle,
      String version,
      String state,
      @Nullable String reason) {
    states.compute(
        file,
        (_, old) ->
            old != null
                    && old.state().equals(state)
                    && old.digest().equals(digest)
                    && java.util.Objects.equals(old.reason(), reason)
                ? old
                : new FileView(file, digest, bundle, version, state, reason, clock.instant()));
  }

  void set(String file, String state, @Nullable String reason) {
    FileView old = states.get(file);
    if (old == null) {
      set(file, "", -1, "", state, reason);
    } else {
      set(file, old.digest(), old.bundleId(), old.version(), state, reason);
    }
  }

  void remove(String file) {
    states.remove(file);
  }

  @Nullable FileView get(String file) {
    return states.get(file);
  }

  List<FileView> all() {
    return new ArrayList<>(states.values());
  }
}
