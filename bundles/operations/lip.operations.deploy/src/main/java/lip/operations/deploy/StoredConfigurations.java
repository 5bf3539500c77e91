package lip.operations.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Constants;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/** What Config Admin holds, by file. */
final class StoredConfigurations {
  /**
   * The property that names the file of a configuration; known to the Web Console, which hides it.
   */
  static final String FILE_KEY = "felix.fileinstall.filename";

  private final ConfigurationAdmin admin;

  StoredConfigurations(ConfigurationAdmin admin) {
    this.admin = admin;
  }

  /** Stores the values of a file; whether they are not what was there. */
  boolean store(ConfigFileName name, Map<String, String> values) throws IOException {
    Dictionary<String, Object> dictionary = new Hashtable<>(values);
    dictionary.put(FILE_KEY, name.file());
    return configuration(name).updateIfDifferent(dictionary);
  }

  /** Deletes what came from a file; whether there was anything. */
  boolean delete(String file) throws IOException {
    List<Configuration> found = ofFile(escape(file));
    for (Configuration configuration : found) {
      configuration.delete();
    }
    return !found.isEmpty();
  }

  /** Deletes what nobody wrote into a file. */
  void delete(ConfigFileName name) throws IOException {
    configuration(name).delete();
  }

  /** The files of which something is stored and that are not in the folder any more. */
  List<String> orphans(Path folder) throws IOException {
    return ofFile("*").stream()
        .map(configuration -> configuration.getProperties().get(FILE_KEY))
        .filter(String.class::isInstance)
        .map(String.class::cast)
        .filter(file -> !Files.exists(folder.resolve(file)))
        .toList();
  }

  /** What is stored under a name, without what Config Admin adds; null = nothing. */
  @Nullable Map<String, Object> values(ConfigFileName name) throws IOException {
    Configuration stored = stored(name);
    if (stored == null) {
      return null;
    }
    Map<String, Object> values = new TreeMap<>();
    Dictionary<String, Object> properties = stored.getProperties();
    for (String key : Collections.list(properties.keys())) {
      if (!key.startsWith("service.") && !key.equals(FILE_KEY)) {
        values.put(key, properties.get(key));
      }
    }
    return values;
  }

  private @Nullable Configuration stored(ConfigFileName name) throws IOException {
    String instance = name.instance();
    String pid = instance == null ? name.pid() : name.pid() + "~" + instance;
    List<Configuration> found = found("(" + Constants.SERVICE_PID + "=" + escape(pid) + ")");
    return found.isEmpty() ? null : found.getFirst();
  }

  private List<Configuration> ofFile(String pattern) throws IOException {
    return found("(" + FILE_KEY + "=" + pattern + ")");
  }

  private List<Configuration> found(String filter) throws IOException {
    try {
      Configuration[] found = admin.listConfigurations(filter);
      return found == null ? List.of() : List.of(found);
    } catch (InvalidSyntaxException e) {
      throw new IllegalStateException(filter, e);
    }
  }

  private Configuration configuration(ConfigFileName name) throws IOException {
    String instance = name.instance();
    return instance == null
        ? admin.getConfiguration(name.pid(), "?")
        : admin.getFactoryConfiguration(name.pid(), instance, "?");
  }

  private static String escape(String value) {
    return value.replaceAll("([\\\\*()])", "\\\\$1");
  }
}
