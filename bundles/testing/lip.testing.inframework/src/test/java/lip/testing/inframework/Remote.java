package lip.testing.inframework;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An object whose class another loader has: its methods are called by name.
 *
 * @param target the object
 */
record Remote(Object target) {

  /** Calls a method of one of its public types; chosen by name, number and types of arguments. */
  @Nullable Object call(String name, Object... arguments) {
    Method method =
        types(target.getClass())
            .filter(type -> Modifier.isPublic(type.getModifiers()))
            .flatMap(type -> Arrays.stream(type.getMethods()))
            .filter(one -> one.getName().equals(name) && takes(one, arguments))
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("no method " + name + " in " + target));
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw new IllegalStateException(name + " failed: " + e.getCause(), e.getCause());
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(name + " is not public", e);
    }
  }

  /** The same, when something comes back. */
  Remote remote(String name, Object... arguments) {
    return new Remote(Objects.requireNonNull(call(name, arguments), name));
  }

  /** The same, as a list. */
  List<Remote> list(String name) {
    return ((Collection<?>) remote(name).target())
        .stream().<Remote>map(one -> new Remote(Objects.requireNonNull(one))).toList();
  }

  /** The same, as text; {@code null} for nothing. */
  String text(String name) {
    return String.valueOf(call(name));
  }

  private static boolean takes(Method method, Object... arguments) {
    Class<?>[] wanted = method.getParameterTypes();
    if (wanted.length != arguments.length) {
      return false;
    }
    for (int i = 0; i < wanted.length; i++) {
      if (!wanted[i].isInstance(arguments[i])) {
        return false;
      }
    }
    return true;
  }

  private static Stream<Class<?>> types(Class<?> type) {
    Class<?> parent = type.getSuperclass();
    return Stream.of(
            Stream.<Class<?>>of(type),
            Arrays.stream(type.getInterfaces()).flatMap(Remote::types),
            parent == null ? Stream.<Class<?>>empty() : types(parent))
        .flatMap(found -> found);
  }
}
