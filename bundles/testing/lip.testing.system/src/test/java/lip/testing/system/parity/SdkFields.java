package lip.testing.system.parity;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The objects on the wire that can be reached from some types of a vendor's client, and their
 * members. A type and its beta form are one.
 */
final class SdkFields {
  private final String vendor;
  private final Set<Class<?>> seen = new HashSet<>();
  private final SortedMap<String, SortedSet<String>> types = new TreeMap<>();

  private SdkFields(String vendor) {
    this.vendor = vendor;
  }

  /** Members of each type. */
  static SortedMap<String, SortedSet<String>> of(Class<?>... roots) {
    String[] words = roots[0].getPackageName().split("\\.");
    SdkFields fields = new SdkFields(words[0] + "." + words[1] + ".models.");
    for (Class<?> root : roots) {
      fields.visit(root);
    }
    return fields.types;
  }

  private void visit(Type type) {
    switch (type) {
      case ParameterizedType many -> {
        for (Type argument : many.getActualTypeArguments()) {
          visit(argument);
        }
      }
      case WildcardType any -> {
        for (Type bound : any.getUpperBounds()) {
          visit(bound);
        }
      }
      case Class<?> one when one.getName().startsWith(vendor) && seen.add(one) -> members(one);
      default -> {}
    }
  }

  /** An object has members; a union has ways to see it as one of its cases. */
  private void members(Class<?> type) {
    Map<String, Method> getters = new HashMap<>();
    for (Method method : type.getDeclaredMethods()) {
      int modifiers = method.getModifiers();
      if (Modifier.isPublic(modifiers)
          && !Modifier.isStatic(modifiers)
          && method.getParameterCount() == 0) {
        getters.put(method.getName(), method);
      }
    }
    SortedSet<String> names = new TreeSet<>();
    getters.forEach((name, getter) -> {
      JsonProperty property = getter.getAnnotation(JsonProperty.class);
      if (property != null && name.startsWith("_")) {
        names.add(property.value());
        Method typed = getters.get(name.substring(1));
        if (typed != null) {
          visit(typed.getGenericReturnType());
        }
      }
    });
    if (!names.isEmpty()) {
      types.computeIfAbsent(name(type), _ -> new TreeSet<>()).addAll(names);
      return;
    }
    getters.forEach((name, getter) -> {
      if (name.matches("as[A-Z].*")) {
        visit(getter.getGenericReturnType());
      }
    });
  }

  private static String name(Class<?> type) {
    String name = type.getName().substring(type.getPackageName().length() + 1).replace('$', '.');
    return name.startsWith("Beta") ? name.substring("Beta".length()) : name;
  }
}
