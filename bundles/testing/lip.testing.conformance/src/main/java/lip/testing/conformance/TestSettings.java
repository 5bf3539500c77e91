package lip.testing.conformance;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;
import lip.sdk.secret.Secret;
import org.jspecify.annotations.Nullable;

/**
 * Settings as the core makes them from a file: values by dotted key over the defaults that the
 * settings interface declares ({@code @AttributeDefinition(defaultValue = ...)}). No framework is
 * needed, and no metatype: the annotations are read from the class file.
 */
public final class TestSettings {
  private TestSettings() {}

  /**
   * Settings with some values set.
   *
   * @param type settings interface
   * @param values by key, as text
   * @throws IllegalArgumentException for an unknown key, a value that cannot be read, or a key that
   *     is required and has no value
   */
  public static <S> S of(Class<S> type, Map<String, String> values) {
    return of(type, values, TestSecrets.NONE);
  }

  /**
   * Settings with some values set.
   *
   * @param type settings interface
   * @param values by key, as text
   * @param secrets where references to secrets lead
   * @throws IllegalArgumentException for an unknown key, a value that cannot be read, or a key that
   *     is required and has no value
   */
  public static <S> S of(Class<S> type, Map<String, String> values, Secret.Source secrets) {
    Map<String, Method> keys = keys(type);
    var unknown = new TreeSet<>(values.keySet());
    unknown.removeAll(keys.keySet());
    if (!unknown.isEmpty()) {
      throw new IllegalArgumentException("unknown keys " + unknown + "; known: " + keys.keySet());
    }
    Map<String, SettingDeclaration> declared = SettingDeclaration.of(type);
    var byMethod = new LinkedHashMap<String, Object>();
    keys.forEach((key, method) -> {
      SettingDeclaration about = declared.getOrDefault(method.getName(), SettingDeclaration.SILENT);
      byMethod.put(method.getName(), value(key, method, values.get(key), about, secrets));
    });
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> answer(proxy, method, arguments, type, byMethod)));
  }

  /** Settings with nothing set. */
  public static <S> S of(Class<S> type) {
    return of(type, Map.of());
  }

  /** The keys of a settings interface, with the methods that read them. */
  public static Map<String, Method> keys(Class<?> type) {
    var keys = new LinkedHashMap<String, Method>();
    for (Method method : type.getMethods()) {
      if (Modifier.isAbstract(method.getModifiers()) && method.getParameterCount() == 0) {
        keys.put(SettingKey.ofMethod(method.getName()), method);
      }
    }
    return keys;
  }

  private static Object value(
      String key,
      Method method,
      @Nullable String text,
      SettingDeclaration about,
      Secret.Source secrets) {
    try {
      if (text != null) {
        return SettingValue.read(text, method.getGenericReturnType(), secrets);
      }
      if (about.defaults() != null) {
        return SettingValue.read(about.defaults(), method.getGenericReturnType(), secrets);
      }
      if (about.required() && !SettingValue.mayBeAbsent(method.getGenericReturnType())) {
        throw new IllegalArgumentException("is required and has no default");
      }
      return SettingValue.absent(method.getGenericReturnType());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(key + ": " + e.getMessage(), e);
    }
  }

  @SuppressWarnings("ReferenceEquality") // each settings object equals itself only
  private static @Nullable Object answer(
      Object proxy,
      Method method,
      Object @Nullable [] arguments,
      Class<?> type,
      Map<String, Object> byMethod) {
    return switch (method.getName()) {
      case "equals" -> arguments != null && proxy == arguments[0];
      case "hashCode" -> System.identityHashCode(proxy);
      case "toString" -> type.getSimpleName() + byMethod;
      default -> byMethod.get(method.getName());
    };
  }
}
