package lip.core.settings;

import java.lang.reflect.Array;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import lip.sdk.secret.Secret;
import lip.sdk.settings.Range;
import org.jspecify.annotations.Nullable;

/**
 * A settings interface together with what the metatype declares about its keys.
 *
 * @param <S> the interface
 */
public final class SettingsType<S> {
  /** A settings interface that cannot be filled. */
  public static final class Unusable extends Exception {
    private static final long serialVersionUID = 1L;

    Unusable(String reason) {
      super(reason);
    }
  }

  /**
   * Checked settings.
   *
   * @param settings the object
   * @param values by key
   */
  public record Checked<S>(S settings, Map<String, Object> values) {
    /** Copies. */
    public Checked {
      values = Map.copyOf(values);
    }
  }

  /** One key. */
  record Key(String name, String method, Type type, @Nullable Range range, Declared declared) {
    /** Default as one text; empty = none. */
    String defaultText() {
      List<String> defaults = declared.defaults();
      if (defaults == null) {
        return "";
      }
      // A single value that holds a comma arrives split.
      return ValueReader.hasEmpty(type) ? ListText.join(defaults) : String.join(",", defaults);
    }

    /** Value of a key that is neither set nor required. */
    Object absent() {
      Class<?> raw = ValueReader.raw(type);
      if (raw == String.class) {
        return "";
      }
      return raw.isPrimitive() ? Array.get(Array.newInstance(raw, 1), 0) : ValueReader.empty(type);
    }
  }

  private final Class<S> type;
  private final List<Key> keys;

  private SettingsType(Class<S> type, List<Key> keys) {
    this.type = type;
    this.keys = List.copyOf(keys);
  }

  /**
   * Combines the two.
   *
   * @throws Unusable when the interface has what no text can fill
   */
  public static <S> SettingsType<S> of(Class<S> type, List<Declared> declared) throws Unusable {
    if (!type.isInterface()) {
      throw new Unusable("the settings type " + type.getName() + " is not an interface");
    }
    Map<String, Declared> byKey = new HashMap<>();
    declared.forEach(key -> byKey.put(key.key(), key));
    List<Key> keys = new ArrayList<>();
    for (Method method : type.getMethods()) {
      if (!Modifier.isAbstract(method.getModifiers())
          || method.getParameterCount() > 0
          || method.getDeclaringClass().getName().startsWith("java.")) {
        continue;
      }
      String name = KeyNames.ofMethod(method.getName());
      Declared about = byKey.get(name);
      if (about == null) {
        throw new Unusable("the metatype does not declare the key " + name);
      }
      keys.add(key(method, name, about));
    }
    keys.sort(Comparator.comparing(Key::name));
    return new SettingsType<>(type, keys);
  }

  private static Key key(Method method, String name, Declared about) throws Unusable {
    Type type = method.getGenericReturnType();
    if (!ValueReader.readable(type)) {
      throw new Unusable("the key " + name + " has a type that settings cannot have: " + type);
    }
    Class<?> raw = ValueReader.raw(type);
    boolean mayBeAbsent = ValueReader.hasEmpty(type) || raw == String.class || raw.isPrimitive();
    if (!about.required() && about.defaults() == null && !mayBeAbsent) {
      throw new Unusable("the key " + name + " is optional and has no default; make it Optional");
    }
    return new Key(name, method.getName(), type, method.getAnnotation(Range.class), about);
  }

  /** Names of the keys. */
  public Set<String> keys() {
    Set<String> names = new HashSet<>();
    keys.forEach(key -> names.add(key.name()));
    return names;
  }

  /** Names of the keys that hold secrets. */
  public Set<String> secretKeys() {
    Set<String> names = new HashSet<>();
    for (Key key : keys) {
      if (ValueReader.raw(ValueReader.element(key.type())) == Secret.class) {
        names.add(key.name());
      }
    }
    return names;
  }

  /** What is declared about a key. */
  public Optional<Declared> declared(String name) {
    return keys.stream().filter(key -> key.name().equals(name)).map(Key::declared).findFirst();
  }

  /** Reads all keys, eagerly; empty when something is refused, the reading says what. */
  public Optional<Checked<S>> read(Reading reading) {
    Map<String, Object> byMethod = new HashMap<>();
    Map<String, Object> byKey = new HashMap<>();
    for (Key key : keys) {
      reading
          .read(key)
          .ifPresent(value -> {
            byMethod.put(key.method(), value);
            byKey.put(key.name(), value);
          });
    }
    return byMethod.size() < keys.size()
        ? Optional.empty()
        : Optional.of(new Checked<>(FrozenSettings.of(type, byMethod), byKey));
  }
}
