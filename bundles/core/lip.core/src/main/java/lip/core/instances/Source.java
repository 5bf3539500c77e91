package lip.core.instances;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import lip.core.settings.BackendSettings;
import lip.core.settings.CommonSettings;
import lip.core.settings.Metatype.Designate;
import lip.core.settings.SettingsType;
import lip.core.snapshot.Family;
import lip.sdk.Kind;
import lip.sdk.Privilege;
import lip.sdk.backend.BackendKind;

/**
 * A kind in a bundle, and the instances it made that still live or drain. Identity is the object's.
 */
final class Source {
  private final Family family;
  private final Kind<?, ?> kind;
  private final String id;
  private final String pid;
  private final SettingsType<?> type;
  private final SettingsType<? extends CommonSettings> common;
  private final Origin origin;
  private final Instant since;
  private final List<String> modelPrefixes;
  private final String defaultModel;
  private final List<String> privileges;
  private final Set<Live> alive = ConcurrentHashMap.newKeySet();

  /**
   * Reads what does not change: the plugin's own code runs here, the caller isolates it.
   *
   * @throws SettingsType.Unusable when the settings interface cannot be filled
   */
  Source(Family family, Kind<?, ?> kind, Designate designate, Origin origin, Instant since)
      throws SettingsType.Unusable {
    this.family = family;
    this.kind = kind;
    this.id = kind.id();
    this.pid = designate.pid();
    this.type = SettingsType.of(kind.settings(), designate.keys());
    this.common =
        family == Family.BACKEND
            ? SettingsType.of(BackendSettings.class, BackendSettings.declared(type))
            : SettingsType.of(CommonSettings.class, CommonSettings.declared(type));
    this.origin = origin;
    this.since = since;
    this.modelPrefixes =
        kind instanceof BackendKind<?> backend ? List.copyOf(backend.modelPrefixes()) : List.of();
    if (modelPrefixes.contains("")) {
      throw new IllegalArgumentException("an empty model prefix would take every model");
    }
    this.defaultModel =
        kind instanceof BackendKind<?> backend
            ? Objects.requireNonNull(backend.defaultModel(), "its default model is null")
            : "";
    this.privileges = kind.privileges().stream().map(Privilege::id).sorted().toList();
  }

  Family family() {
    return family;
  }

  Kind<?, ?> kind() {
    return kind;
  }

  String id() {
    return id;
  }

  String pid() {
    return pid;
  }

  SettingsType<?> type() {
    return type;
  }

  SettingsType<? extends CommonSettings> common() {
    return common;
  }

  Origin origin() {
    return origin;
  }

  /** When the kind arrived. */
  Instant since() {
    return since;
  }

  List<String> modelPrefixes() {
    return modelPrefixes;
  }

  String defaultModel() {
    return defaultModel;
  }

  List<String> privileges() {
    return privileges;
  }

  /** Instances that are not closed. */
  Set<Live> alive() {
    return alive;
  }

  /** Keys of its instances, the common ones included. */
  Set<String> keys() {
    Set<String> keys = new TreeSet<>(type.keys());
    keys.addAll(common.keys());
    return keys;
  }

  @Override
  public String toString() {
    return pid + " of " + origin;
  }
}
