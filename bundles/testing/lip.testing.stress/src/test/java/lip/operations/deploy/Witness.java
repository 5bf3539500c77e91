package lip.operations.deploy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Knows what lay in which file and sees who answers, in one order. Says what must not be: silence,
 * or an older bundle, while the file of what answered before is there with that content or a newer
 * one.
 */
final class Witness {
  /** Contents of a file since it is there, the last one is the current one. */
  private final Map<String, List<Content>> files = new HashMap<>();

  /**
   * Contents of a file since all was settled, though it was gone meanwhile: they may still drain.
   */
  private final Map<String, Set<Content>> ever = new HashMap<>();

  /** Of each file the newest content that answered, as index. */
  private final Map<String, Integer> newest = new HashMap<>();

  /** Files that got an earlier content back: whose answer that is cannot be told. */
  private final Set<String> unclear = new HashSet<>();

  private final List<String> story = new ArrayList<>();
  private final List<String> wrong = new ArrayList<>();
  private String holder = "";
  private Content held;
  private String movedTo = "";

  void dropped(String file, Content content) {
    story.add("drop " + file + " " + content);
    List<Content> contents = files.computeIfAbsent(file, _ -> new ArrayList<>());
    if (again(file, content)) {
      unclear.add(file);
    }
    contents.add(content);
    if (!movedTo.isEmpty() && (file.equals(holder) || file.equals(movedTo))) {
      forget();
    }
  }

  void deleted(String file) {
    story.add("delete " + file);
    gone(file);
    if (file.equals(holder) || file.equals(movedTo)) {
      forget();
    }
  }

  void renamed(String from, String to) {
    story.add("rename " + from + " to " + to);
    Content content = current(from);
    boolean moves = from.equals(holder) && content.equals(held) && movedTo.isEmpty();
    boolean touched = from.equals(movedTo) || to.equals(movedTo) || to.equals(holder);
    boolean lost = !moves && (from.equals(holder) || (!movedTo.isEmpty() && touched));
    boolean back = unclear.contains(from);
    gone(from);
    List<Content> contents = files.computeIfAbsent(to, _ -> new ArrayList<>());
    if (again(to, content) || back) {
      unclear.add(to);
    }
    contents.add(content);
    if (lost || (moves && back)) {
      forget();
    } else if (moves) {
      movedTo = to;
    }
  }

  private boolean again(String file, Content content) {
    return !ever.computeIfAbsent(file, _ -> new HashSet<>()).add(content);
  }

  private void gone(String file) {
    files.remove(file);
    newest.remove(file);
    unclear.remove(file);
  }

  private void forget() {
    holder = "";
    held = null;
    movedTo = "";
  }

  /** Everything has settled: what was unclear is over. */
  void settled() {
    story.add("settled");
    for (String file : unclear) {
      List<Content> contents = files.get(file);
      contents.subList(0, contents.size() - 1).clear();
      newest.remove(file);
    }
    if (unclear.contains(holder)) {
      forget();
    }
    unclear.clear();
    ever.clear();
    files.forEach((file, contents) -> ever.put(file, new HashSet<>(contents)));
  }

  /** Somebody answers, or nobody. */
  void saw(FakeBundles.One one) {
    String file = one == null ? "" : PluginJar.fileOf(one.location);
    Content content = one == null ? null : one.content;
    boolean same = file.equals(holder) && content != null && content.equals(held);
    if (same) {
      return;
    }
    String said = "  answers: " + (one == null ? "nobody" : one);
    if (story.isEmpty() || !story.getLast().equals(said)) {
      story.add(said);
    }
    boolean sure = held != null && !unclear.contains(holder) && !unclear.contains(file);
    if (sure && !follows(content)) {
      wrong.add("after " + holder + " " + held + " answers " + one);
    }
    if (one == null || unclear.contains(file) || !files.containsKey(file)) {
      forget();
      return;
    }
    int index = files.get(file).lastIndexOf(content);
    if (index < 0) {
      forget(); // Of a file that was deleted and is there again.
      return;
    }
    if (index < newest.getOrDefault(file, 0)) {
      wrong.add("older content of " + file + " answers: " + one);
    }
    newest.merge(file, index, Math::max);
    holder = file;
    held = content;
    movedTo = "";
  }

  /** Whether that may answer after what is held. */
  private boolean follows(Content content) {
    if (content == null) {
      return false;
    }
    if (content.equals(held)) {
      return true;
    }
    List<Content> contents = files.getOrDefault(movedTo.isEmpty() ? holder : movedTo, List.of());
    List<Content> since = contents.subList(contents.lastIndexOf(held) + 1, contents.size());
    if (since.contains(content)) {
      return true;
    }
    int floor = held.version();
    for (Content newer : since) {
      floor = newer.starts() ? Math.min(floor, newer.version()) : floor;
    }
    return content.version() >= floor;
  }

  Content current(String file) {
    List<Content> contents = files.get(file);
    return contents == null ? null : contents.getLast();
  }

  Set<String> files() {
    return Set.copyOf(files.keySet());
  }

  List<Content> contents(String file) {
    return List.copyOf(files.getOrDefault(file, List.of()));
  }

  List<String> wrong() {
    return wrong;
  }

  String story() {
    return String.join("\n", story);
  }
}
