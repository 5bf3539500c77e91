package lip.operations.console;

import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Dictionary;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import lip.core.gateway.ConfigurationCheck;
import lip.core.gateway.ConfigurationCheck.Finding;
import org.apache.felix.webconsole.spi.ConfigurationHandler;
import org.apache.felix.webconsole.spi.ValidationException;
import org.jspecify.annotations.Nullable;

/**
 * Lets the console refuse a save that is wrong, with the reason on the page, instead of accepting
 * what the core then puts back.
 */
final class SaveGuard implements ConfigurationHandler {
  private static final List<String> OURS_TO_WRITE =
      List.of("org.apache.felix.http", "org.apache.felix.webconsole.internal.servlet.OsgiManager");

  private final ConfigurationCheck check;

  SaveGuard(ConfigurationCheck check) {
    this.check = check;
  }

  @Override
  public void createConfiguration(String pid) throws ValidationException {
    refuseOurs(pid);
  }

  @Override
  public void createFactoryConfiguration(String factoryPid, @Nullable String name)
      throws ValidationException {
    refuseOurs(factoryPid);
  }

  @Override
  public void deleteConfiguration(@Nullable String factoryPid, String pid)
      throws ValidationException {
    refuseOurs(pid);
  }

  @Override
  public void updateConfiguration(
      @Nullable String factoryPid, String pid, Dictionary<String, Object> properties)
      throws ValidationException {
    refuseOurs(pid);
    if (!pid.startsWith("lip.")) {
      return;
    }
    Map<String, String> values = new TreeMap<>();
    for (String key : Collections.list(properties.keys())) {
      if (!key.startsWith("service.") && !key.startsWith("felix.")) {
        values.put(key, text(properties.get(key)));
      }
    }
    String name = factoryPid == null ? null : nameOf(factoryPid, pid, values);
    List<Finding> wrong =
        check.check(factoryPid == null ? pid : factoryPid, name, null, values).stream()
            .filter(Finding::error)
            .toList();
    if (!wrong.isEmpty()) {
      throw new ValidationException(
          wrong.stream().map(Finding::line).collect(Collectors.joining("; ")));
    }
  }

  private static @Nullable String nameOf(
      String factoryPid, String pid, Map<String, String> values) {
    String named = values.get("name");
    return named != null && !named.isEmpty()
        ? named
        : pid.startsWith(factoryPid + "~") ? pid.substring(factoryPid.length() + 1) : null;
  }

  private static void refuseOurs(String pid) throws ValidationException {
    if (OURS_TO_WRITE.stream().anyMatch(pid::startsWith)) {
      throw new ValidationException(
          "this configuration is written by the platform; change lip.server or lip.admin");
    }
  }

  private static String text(Object value) {
    return switch (value) {
      case Object[] array -> text(Arrays.asList(array));
      case Collection<?> list ->
          list.stream().map(String::valueOf).collect(Collectors.joining(", "));
      default -> String.valueOf(value);
    };
  }
}
