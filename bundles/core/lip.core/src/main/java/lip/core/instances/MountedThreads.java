package lip.core.instances;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.HotSpotDiagnosticMXBean.ThreadDumpFormat;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Virtual threads that sit on a carrier right now. Nothing but a thread dump of the JVM lists all
 * virtual threads, and only its JSON form says who is mounted. It has one field a line; if a JDK
 * wrote it otherwise, nobody would be named and the rest would work.
 */
final class MountedThreads {
  private static final Pattern FIELD =
      Pattern.compile("\\s*\"(tid|carrier|stack)\": ?\"?(\\d*)\\[?\"?,?\\s*");
  private static final Pattern FRAME = Pattern.compile("\\s*\"([^\"(]+)\\([^\"]*\",?\\s*");

  private MountedThreads() {}

  /**
   * A mounted thread.
   *
   * @param id its id
   * @param carrier id of the carrier
   * @param classes classes of its frames, the innermost first
   */
  record Mounted(long id, long carrier, List<String> classes) {
    Mounted {
      classes = List.copyOf(classes);
    }
  }

  /** Those of now. */
  static List<Mounted> now() throws IOException {
    Path folder = Files.createTempDirectory("lip-threads");
    Path file = folder.resolve("dump.json");
    try {
      ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
          .dumpThreads(file.toAbsolutePath().toString(), ThreadDumpFormat.JSON);
      try (Stream<String> lines = Files.lines(file)) {
        return parse(lines);
      }
    } finally {
      Files.deleteIfExists(file);
      Files.deleteIfExists(folder);
    }
  }

  /** CPU time of a carrier so far; negative = not known. */
  static long cpuNanos(long carrier) {
    return ManagementFactory.getThreadMXBean().getThreadCpuTime(carrier);
  }

  /** Reads a dump. */
  static List<Mounted> parse(Stream<String> lines) {
    List<Mounted> mounted = new ArrayList<>();
    Dumped thread = new Dumped();
    lines.forEach(line -> thread.line(line, mounted));
    return mounted;
  }

  /** The thread that is being read. */
  private static final class Dumped {
    private final List<String> classes = new ArrayList<>();
    private long id;
    private boolean inStack;

    void line(String line, List<Mounted> mounted) {
      Matcher frame = FRAME.matcher(line);
      if (inStack && frame.matches()) {
        classes.add(className(frame.group(1)));
        return;
      }
      inStack = false;
      Matcher field = FIELD.matcher(line);
      if (!field.matches()) {
        return;
      }
      switch (field.group(1)) {
        case "tid" -> {
          id = Long.parseLong(field.group(2));
          classes.clear();
        }
        case "stack" -> inStack = true;
        default -> mounted.add(new Mounted(id, Long.parseLong(field.group(2)), classes));
      }
    }

    /** {@code loader/module@version/package.Class.method}, slashes escaped. */
    private static String className(String frame) {
      String method = frame.substring(frame.lastIndexOf('/') + 1);
      return method.substring(0, Math.max(0, method.lastIndexOf('.')));
    }
  }
}
