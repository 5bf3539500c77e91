package lip.launcher;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;

/**
 * Where an instance listens, as written to {@code data/listeners.properties} for the commands that
 * talk to it. The file is there only while the instance runs.
 */
record Listeners(Map<String, String> values) {
  static final String DATA = "data";
  static final String ADMIN = "admin";
  static final String PASSWORD_FILE = "password.file";
  static final String MODEL = "model";
  static final String PID = "pid";

  /** Nothing is known to run. */
  static final Listeners NONE = new Listeners(Map.of());

  Listeners {
    values = Map.copyOf(values);
  }

  Optional<String> get(String key) {
    return Optional.ofNullable(values.get(key)).filter(value -> !value.isBlank());
  }

  /** What the file says, if it is there and the process that wrote it lives. */
  static Optional<Listeners> read(Path file) throws IOException {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    var properties = new Properties();
    try (var reader = Files.newBufferedReader(file)) {
      properties.load(reader);
    }
    var values = new TreeMap<String, String>();
    properties
        .stringPropertyNames()
        .forEach(name -> values.put(name, properties.getProperty(name)));
    var listeners = new Listeners(values);
    return listeners.alive() ? Optional.of(listeners) : Optional.empty();
  }

  private boolean alive() {
    return get(PID)
        .filter(pid -> pid.matches("[0-9]{1,18}"))
        .flatMap(pid -> ProcessHandle.of(Long.parseLong(pid)))
        .isPresent();
  }

  /** Replaces the file in one step, so that a reader never sees half of it. */
  void write(Path file) throws IOException {
    var properties = new Properties();
    properties.putAll(values);
    Path draft = file.resolveSibling("." + file.getFileName() + ".tmp");
    try (Writer writer = Files.newBufferedWriter(draft)) {
      properties.store(writer, null);
    }
    Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }
}
