package lip.operations.deploy;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
        (_, old) -> next(old, new FileView(file, digest, bundle, version, state, reason, now())));
  }

  /** Keeps what is known of the content, also of one that arrives meanwhile. */
  void set(String file, String state, @Nullable String reason) {
    states.compute(
        file,
        (_, old) ->
            next(
                old,
                old == null
                    ? new FileView(file, "", -1, "", state, reason, now())
                    : new FileView(
                        file, old.digest(), old.bundleId(), old.version(), state, reason, now())));
  }

  private Instant now() {
    return clock.instant();
  }

  /** What says nothing new keeps its time. */
  private static FileView next(@Nullable FileView old, FileView told) {
    return old != null
            && old.state().equals(told.state())
            && old.digest().equals(told.digest())
            && Objects.equals(old.reason(), told.reason())
        ? old
        : told;
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
