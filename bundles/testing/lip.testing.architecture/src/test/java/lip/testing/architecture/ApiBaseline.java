package lip.testing.architecture;

import aQute.bnd.differ.Baseline;
import aQute.bnd.differ.DiffPluginImpl;
import aQute.bnd.osgi.Instructions;
import aQute.bnd.osgi.Jar;
import aQute.bnd.osgi.Processor;
import aQute.bnd.service.diff.Delta;
import aQute.bnd.service.diff.Diff;
import aQute.bnd.service.diff.Type;
import aQute.bnd.version.Version;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Compares an API jar with the released one. Before 1.0.0 a break of a package raises y of its
 * version (0.y.z) and an addition raises it somehow; from 1.0.0 on the usual rules hold.
 */
final class ApiBaseline {
  private ApiBaseline() {}

  /**
   * What a comparison found.
   *
   * @param report the readable difference, empty = none
   * @param violations versions that are too low for the change
   */
  record Comparison(List<String> report, List<String> violations) {}

  static Comparison compare(Path released, Path built) throws Exception {
    var report = new ArrayList<String>();
    var violations = new ArrayList<String>();
    try (var processor = new Processor();
        var older = new Jar(released.toFile());
        var newer = new Jar(built.toFile())) {
      var baseline = new Baseline(processor, new DiffPluginImpl());
      var packages = new ArrayList<>(baseline.baseline(newer, older, new Instructions()));
      packages.sort(Comparator.comparing(info -> info.packageName));
      Version oldBundle = Version.parseVersion(older.getVersion());
      Version newBundle = Version.parseVersion(newer.getVersion());
      for (Baseline.Info info : packages) {
        Delta delta = info.packageDiff.getDelta();
        if (delta == Delta.UNCHANGED || delta == Delta.IGNORED) {
          continue;
        }
        report.add(
            "%s %s -> %s: %s"
                .formatted(info.packageName, info.olderVersion, info.newerVersion, delta));
        describe(info.packageDiff, "  ", report);
        // A package that is gone has no version left: the bundle's own speaks for it.
        boolean gone = delta == Delta.REMOVED;
        Version before = gone ? oldBundle : info.olderVersion;
        Version after = gone ? newBundle : info.newerVersion;
        if (delta != Delta.ADDED && !raisedEnough(delta, before, after)) {
          violations.add(
              "%s: %s change, but version %s -> %s"
                  .formatted(info.packageName, delta, before, after));
        }
      }
    }
    return new Comparison(report, violations);
  }

  /** Whether the step between two versions covers the change. */
  static boolean raisedEnough(Delta delta, Version before, Version after) {
    boolean major = after.getMajor() > before.getMajor();
    boolean minor =
        major || after.getMajor() == before.getMajor() && after.getMinor() > before.getMinor();
    boolean early = before.getMajor() == 0;
    return switch (delta) {
      case MAJOR, REMOVED -> early ? minor : major;
      case MINOR, ADDED -> early ? after.compareTo(before) > 0 : minor;
      default -> true;
    };
  }

  private static void describe(Diff diff, String indent, List<String> report) {
    for (Diff child : diff.getChildren()) {
      Delta delta = child.getDelta();
      if (delta != Delta.UNCHANGED && delta != Delta.IGNORED && child.getType() != Type.VERSION) {
        report.add("%s%s %s %s".formatted(indent, delta, child.getType(), child.getName()));
        if (delta != Delta.ADDED && delta != Delta.REMOVED) {
          describe(child, indent + "  ", report);
        }
      }
    }
  }
}
