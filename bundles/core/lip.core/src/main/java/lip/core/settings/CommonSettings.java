package lip.core.settings;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lip.sdk.settings.Range;

/** The keys that every instance has; the core reads them, kinds do not declare them. */
public interface CommonSettings {
  /** Whether the instance lives. */
  boolean enabled();

  /** Position among its family. */
  @Range(min = "0")
  int order();

  /** Names an instance made in the console. */
  Optional<String> name();

  /** Declarations; a kind may declare {@code order} with another default. */
  static List<Declared> declared(SettingsType<?> own) {
    List<Declared> keys = new ArrayList<>();
    keys.add(Declared.withDefault("enabled", "true"));
    keys.add(own.declared("order").orElse(Declared.withDefault("order", "1000")));
    keys.add(Declared.optional("name"));
    return keys;
  }
}
