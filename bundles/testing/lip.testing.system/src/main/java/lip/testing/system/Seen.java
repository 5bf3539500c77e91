package lip.testing.system;

import java.util.regex.Pattern;

/** Questions to the inventory and the heap. */
public final class Seen {
  private static final Pattern HISTOGRAM = Pattern.compile("(?m)^ *\\d+: +(\\d+) +\\d+ +(\\S+)");

  private Seen() {}

  /** Whether an instance is active in a version; empty = any. */
  public static boolean active(Tree inventory, String id, String version) {
    return inventory.at("instances").list().stream()
        .anyMatch(one ->
            one.at("id").text().equals(id)
                && one.at("state").text().equals("active")
                && (version.isEmpty() || one.at("version").text().equals(version)));
  }

  /** Instances with an id, whatever their state. */
  public static long instances(Tree inventory, String id) {
    return inventory.at("instances").list().stream()
        .filter(one -> one.at("id").text().equals(id))
        .count();
  }

  /** Bundles with kinds of a symbolic name. */
  public static long bundles(Tree inventory, String symbolicName) {
    return inventory.at("kinds").list().stream()
        .filter(one -> one.at("bundle").text().equals(symbolicName))
        .count();
  }

  /** State of a watched file; empty when it is not known. */
  public static String fileState(Tree inventory, String file) {
    return file(inventory, file).at("state").text();
  }

  /** Why a watched file is in its state. */
  public static String reason(Tree inventory, String file) {
    return file(inventory, file).at("reason").text();
  }

  /** Whether a watched file is refused with a reason that contains a text. */
  public static boolean refused(Tree inventory, String file, String reason) {
    return fileState(inventory, file).equals("refused")
        && !reason(inventory, file).isEmpty()
        && reason(inventory, file).contains(reason);
  }

  private static Tree file(Tree inventory, String name) {
    return inventory.at("files").list().stream()
        .filter(one -> one.at("file").text().equals(name))
        .findFirst()
        .orElse(new Tree(null));
  }

  /** Objects of a class after a collection, one for each class loader that is alive. */
  static long instancesOf(Instance instance, String type) {
    return HISTOGRAM
        .matcher(instance.jcmd("GC.class_histogram"))
        .results()
        .filter(match -> match.group(2).equals(type))
        .mapToLong(match -> Long.parseLong(match.group(1)))
        .sum();
  }
}
