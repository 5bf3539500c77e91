package lip.core.settings;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The object behind a settings interface: a map of values that were all read before. */
final class FrozenSettings implements InvocationHandler {
  private final Class<?> type;
  private final Map<String, Object> values;

  private FrozenSettings(Class<?> type, Map<String, Object> values) {
    this.type = type;
    this.values = Map.copyOf(values);
  }

  /** By method name. */
  static <S> S of(Class<S> type, Map<String, Object> values) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(), new Class<?>[] {type}, new FrozenSettings(type, values)));
  }

  @Override
  public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments)
      throws Throwable {
    if (method.isDefault()) {
      return InvocationHandler.invokeDefault(proxy, method, arguments);
    }
    return switch (method.getName()) {
      case "equals" -> arguments != null && isSame(proxy, arguments[0]);
      case "hashCode" -> values.hashCode();
      case "toString" -> type.getSimpleName() + values;
      case "annotationType" -> type;
      default -> values.get(method.getName());
    };
  }

  @SuppressWarnings("ReferenceEquality") // Proxies: equals of one would end up here again.
  private boolean isSame(Object proxy, @Nullable Object other) {
    return proxy == other
        || (other != null
            && Proxy.isProxyClass(other.getClass())
            && Proxy.getInvocationHandler(other) instanceof FrozenSettings that
            && type == that.type
            && values.equals(that.values));
  }
}
