package lip.testing.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What the kernel says about a process and its children; all zero for none. */
record ProcessTree(long pid) {
  private static final Path PROC = Path.of("/proc");

  /** Ticks of user and system time in a second: the same on every Linux a JDK runs on. */
  private static final double TICKS = 100;

  private record Stat(long pid, long parent, long ticks) {}

  /** User and system time in seconds. */
  double cpu() {
    long ticks = 0;
    for (Stat stat : members()) {
      ticks += stat.ticks();
    }
    return ticks / TICKS;
  }

  /** Resident memory in KB. */
  double rss() {
    return sum("VmRSS:");
  }

  /** Threads of the operating system. */
  double threads() {
    return sum("Threads:");
  }

  private double sum(String name) {
    double sum = 0;
    for (Stat stat : members()) {
      for (String line : read(PROC.resolve(stat.pid() + "/status")).split("\n", -1)) {
        if (line.startsWith(name)) {
          sum += Double.parseDouble(line.substring(name.length()).replace("kB", "").trim());
        }
      }
    }
    return sum;
  }

  private List<Stat> members() {
    var members = new ArrayList<Stat>();
    if (pid == 0) {
      return members;
    }
    List<Stat> all = all();
    var waiting = new ArrayDeque<Long>(List.of(pid));
    for (Long next = waiting.poll(); next != null; next = waiting.poll()) {
      long wanted = next;
      for (Stat stat : all) {
        if (stat.pid() == wanted) {
          members.add(stat);
        } else if (stat.parent() == wanted) {
          waiting.add(stat.pid());
        }
      }
    }
    return members;
  }

  private static List<Stat> all() {
    try (Stream<Path> processes = Files.list(PROC)) {
      return processes
          .filter(path -> path.getFileName().toString().matches("[0-9]+"))
          .map(path -> read(path.resolve("stat")))
          .filter(text -> !text.isEmpty())
          .map(ProcessTree::stat)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Stat stat(String text) {
    // The name in parentheses may hold anything, blanks and parentheses too.
    String[] words = text.substring(text.lastIndexOf(')') + 2).split(" ", -1);
    return new Stat(
        Long.parseLong(text.substring(0, text.indexOf(' '))),
        Long.parseLong(words[1]),
        Long.parseLong(words[11]) + Long.parseLong(words[12]));
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (NoSuchFileException e) {
      return ""; // The process ended meanwhile.
    } catch (IOException e) {
      if (String.valueOf(e.getMessage()).contains("No such process")) {
        return "";
      }
      throw new UncheckedIOException(e);
    }
  }

  /** The load average of the last minute. */
  static double loadAverage() {
    return Double.parseDouble(read(PROC.resolve("loadavg")).split(" ", 2)[0]);
  }
}
