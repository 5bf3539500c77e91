package lip.testing.architecture;

import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The cases of each sealed family. A case more is binary compatible for every tool, and still kills
 * a plugin whose complete switch was compiled before: so the lists stand in a checked file.
 */
final class PermittedTypes {
  private PermittedTypes() {}

  /** One line per public family: its name, a colon, its cases; open ones carry a plus. */
  static List<String> describe(Collection<Class<?>> types) {
    SortedMap<String, String> lines = new TreeMap<>();
    for (Class<?> type : types) {
      if (type.isSealed() && isPublic(type)) {
        var cases = new TreeSet<String>();
        for (Class<?> permitted : type.getPermittedSubclasses()) {
          cases.add(shortName(type, permitted) + (isOpen(permitted) ? "+" : ""));
        }
        lines.put(type.getName(), type.getName() + ": " + String.join(" ", cases));
      }
    }
    return List.copyOf(lines.values());
  }

  /** Families without an open case. */
  static List<String> closed(List<String> lines) {
    return lines.stream()
        .filter(line -> !line.contains("+"))
        .map(line -> line.substring(0, line.indexOf(':')))
        .toList();
  }

  /** What changed, one line each; empty = nothing. */
  static List<String> differences(List<String> promised, List<String> found) {
    var differences = new ArrayList<String>();
    SortedMap<String, List<String>> before = parse(promised);
    SortedMap<String, List<String>> now = parse(found);
    var families = new TreeSet<>(before.keySet());
    families.addAll(now.keySet());
    for (String family : families) {
      var old = new TreeSet<>(before.getOrDefault(family, List.of()));
      var fresh = new TreeSet<>(now.getOrDefault(family, List.of()));
      var added = new TreeSet<>(fresh);
      added.removeAll(old);
      var removed = new TreeSet<>(old);
      removed.removeAll(fresh);
      added.forEach(name -> differences.add(family + " permits " + name + " now"));
      removed.forEach(name -> differences.add(family + " permits " + name + " no more"));
    }
    return differences;
  }

  private static SortedMap<String, List<String>> parse(List<String> lines) {
    SortedMap<String, List<String>> families = new TreeMap<>();
    for (String line : lines) {
      if (!line.isBlank() && !line.startsWith("#")) {
        int colon = line.indexOf(':');
        families.put(
            line.substring(0, colon), Arrays.asList(line.substring(colon + 1).trim().split(" ")));
      }
    }
    return families;
  }

  private static boolean isPublic(Class<?> type) {
    return Modifier.isPublic(type.getModifiers())
        && (type.getEnclosingClass() == null || isPublic(type.getEnclosingClass()));
  }

  private static boolean isOpen(Class<?> type) {
    return !type.isSealed() && !Modifier.isFinal(type.getModifiers());
  }

  private static String shortName(Class<?> family, Class<?> type) {
    String prefix = family.getName() + "$";
    return type.getName().startsWith(prefix)
        ? type.getName().substring(prefix.length())
        : type.getName();
  }
}
