package lip.testing.system.soak;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The versions that are known to be in force: who starts after that must not be answered by older
 * ones. Any thread.
 *
 * @param mark minor version of the backend
 * @param label number in its settings
 * @param probe minor version of the frontend
 */
record Floors(int mark, int label, int probe) {
  private static final Pattern VERSION =
      Pattern.compile("(?:f1\\.(\\d+)\\.0 )?(\\d)\\.(\\d+)\\.0/(?:L(\\d+)|a)(?: s1\\.\\d+\\.0)?");

  /** What is wrong with the version of an answer; null = nothing. */
  @Nullable String wrong(String model, String version) {
    Matcher m = VERSION.matcher(version);
    if (!m.matches()) {
      return "unknown version " + version;
    }
    if (model.startsWith("extra:")) {
      return m.group(2).equals("5") ? null : "answered by " + version;
    }
    if (!m.group(2).equals("1") || m.group(4) == null) {
      return "answered by " + version;
    }
    boolean old =
        Integer.parseInt(m.group(3)) < mark
            || Integer.parseInt(m.group(4)) < label
            || (m.group(1) != null && Integer.parseInt(m.group(1)) < probe);
    return old ? "answered by " + version + " when " + this + " were in force" : null;
  }
}
