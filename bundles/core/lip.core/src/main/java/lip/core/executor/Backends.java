package lip.core.executor;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import lip.core.pipeline.Blame;
import lip.core.routing.Field;
import lip.core.snapshot.LiveBackend;
import lip.core.snapshot.Snapshot;
import lip.sdk.backend.ModelInfo;
import org.jspecify.annotations.Nullable;

/** The backends of the snapshot that is current, by id: the one a request pinned may be gone. */
final class Backends {
  /** A retired one has a successor in the next snapshot, which is published before it retires. */
  private static final int LOOKS = 1_000;

  private final Supplier<Snapshot> snapshots;
  private final Blame blame;

  Backends(Supplier<Snapshot> snapshots, Blame blame) {
    this.snapshots = snapshots;
    this.blame = blame;
  }

  /** A leased backend; null = none of this id is live. */
  @SuppressWarnings(
      "ThreadPriorityCheck") // Correct without it; the publisher only gets its turn sooner.
  @Nullable LiveBackend lease(String id) {
    for (int i = 0; i < LOOKS; i++) {
      LiveBackend live = snapshots.get().backends().get(id);
      if (live == null || live.entry().revoked()) {
        return null;
      }
      if (live.entry().acquire()) {
        return live;
      }
      Thread.onSpinWait();
    }
    return null;
  }

  /** The inventory of one backend; none when it fails or is gone. */
  List<ModelInfo> models(String id, String traceId) {
    LiveBackend live = lease(id);
    if (live == null) {
      return List.of();
    }
    try {
      List<ModelInfo> models = List.copyOf(live.entry().instance().models());
      for (ModelInfo model : models) {
        Objects.requireNonNull(model.id(), "a model without an id");
      }
      return models;
    } catch (Throwable e) {
      blame.on(live.entry(), "models", traceId, e);
      return List.of();
    } finally {
      live.entry().release();
    }
  }

  /**
   * Each model once under its own id, the first backend in routing order wins; and, when several
   * backends are live, all of them under {@code instance:model}.
   */
  List<ModelInfo> models(String traceId) {
    List<String> ids = List.copyOf(snapshots.get().backends().keySet());
    Map<String, ModelInfo> bare = new LinkedHashMap<>();
    Map<String, ModelInfo> prefixed = new LinkedHashMap<>();
    for (String id : ids) {
      for (ModelInfo model : models(id, traceId)) {
        bare.putIfAbsent(model.id(), model);
        String name = id + ":" + model.id();
        prefixed.putIfAbsent(
            name, new ModelInfo(name, model.displayName(), model.created(), model.ownedBy()));
      }
    }
    if (ids.size() > 1) {
      prefixed.forEach(bare::putIfAbsent);
    }
    return List.copyOf(bare.values());
  }

  /** The backends of a pinned snapshot for the planner. */
  Field field(Collection<LiveBackend> pinned, String traceId) {
    List<Field.Known> known = new ArrayList<>(pinned.size());
    for (LiveBackend live : pinned) {
      known.add(
          new Field.Known(
              live.id(), live.entry().kind(), live.modelPrefixes(), live.defaultModel()));
    }
    return new Field() {
      @Override
      public List<Known> backends() {
        return known;
      }

      @Override
      public boolean lists(String backendId, String model) {
        for (ModelInfo info : models(backendId, traceId)) {
          if (info.id().equals(model)) {
            return true;
          }
        }
        return false;
      }
    };
  }
}
