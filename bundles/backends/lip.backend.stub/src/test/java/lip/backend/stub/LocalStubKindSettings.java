package lip.backend.stub;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Settings with the values of a map over harmless defaults, as the core makes them from a file. */
final class LocalStubKindSettings {
  private LocalStubKindSettings() {}

  static LocalStubSettings of(Map<String, Object> values) {
    return (LocalStubSettings)
        Proxy.newProxyInstance(
            LocalStubSettings.class.getClassLoader(),
            new Class<?>[] {LocalStubSettings.class},
            (_, method, _) -> {
              Object value = values.get(method.getName());
              if (value != null) {
                return value;
              }
              Class<?> type = method.getReturnType();
              if (type == Optional.class) {
                return Optional.empty();
              }
              if (type == Duration.class) {
                return Duration.ZERO;
              }
              if (type == int.class) {
                return 0;
              }
              return method.getName().equals("tool_args") ? "{}" : "[local-stub] text";
            });
  }
}
