package lip.operations.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import lip.core.gateway.ConfigurationCheck;
import lip.core.gateway.ConfigurationCheck.Finding;
import lip.support.cfg.CfgFile;
import lip.support.cfg.CfgProblem;
import org.jspecify.annotations.Nullable;

/**
 * A configuration file as it lies in its folder.
 *
 * @param name what its name says
 * @param values what stands in it
 */
record ConfigFile(ConfigFileName name, Map<String, String> values) {
  /** A file that says nothing that could be checked. */
  static final class Unreadable extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Finding finding;

    private Unreadable(String file, @Nullable String key, String reason) {
      super(reason, null, false, false);
      finding = new Finding(true, file, key, null, reason, null);
    }

    Finding finding() {
      return finding;
    }
  }

  static boolean is(String file) {
    return !file.startsWith(".") && (file.endsWith(".cfg") || file.endsWith(".config"));
  }

  /** The names of all such files of a folder, in order. */
  static List<String> in(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(ConfigFile::is)
          .sorted()
          .toList();
    }
  }

  static ConfigFile read(Path folder, String file) throws IOException, Unreadable {
    var badName = ConfigFileName.problem(file);
    if (badName.isPresent()) {
      throw new Unreadable(file, null, badName.get());
    }
    try {
      return new ConfigFile(ConfigFileName.of(file), CfgFile.read(folder.resolve(file)).values());
    } catch (CfgProblem e) {
      throw new Unreadable(file, e.key(), e.reason());
    }
  }

  List<Finding> findings(ConfigurationCheck check) {
    return check.check(name.pid(), name.instance(), name.file(), values);
  }

  /** Whether a PID that must be ours is nobody's: its bundle may come later. */
  boolean unclaimed(ConfigurationCheck check) {
    return name.pid().startsWith("lip.")
        && check.use(name.pid()) == ConfigurationCheck.PidUse.UNCLAIMED;
  }

  /** All files of a folder with what is wrong in them, for {@code check-config}. */
  static List<Finding> findings(Path folder, ConfigurationCheck check) throws IOException {
    List<Finding> all = new ArrayList<>();
    for (String file : in(folder)) {
      try {
        ConfigFile read = read(folder, file);
        all.addAll(
            read.unclaimed(check)
                ? List.of(
                    new Finding(
                        true,
                        file,
                        null,
                        null,
                        "no installed bundle takes " + read.name.pid(),
                        null))
                : read.findings(check));
      } catch (Unreadable e) {
        all.add(e.finding());
      }
    }
    return all;
  }
}
