package lip.testing.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.Stream;

/** All targets by name; the name is also the folder of the seeds. */
final class Targets {
  private static final SequencedMap<String, Target> ALL = all();

  private Targets() {}

  private static SequencedMap<String, Target> all() {
    SequencedMap<String, Target> all = new LinkedHashMap<>();
    all.put("sse", new SseRecords());
    all.put("json", new JsonTexts());
    all.put("chat-request", new ChatRequests());
    all.put("chat-answer", new ChatAnswers());
    all.put("messages-request", new MessagesRequests());
    all.put("messages-event", new MessagesEvents());
    all.put("messages-answer", new MessagesAnswers());
    all.put("cfg", new CfgTexts());
    all.put("route", new RouteSelectors());
    all.put("path", new RoutePaths());
    all.put("header", new HeaderValues());
    return Collections.unmodifiableSequencedMap(all);
  }

  /** Name and target. */
  static Map<String, Target> byName() {
    return ALL;
  }

  /** The seeds in a folder. */
  static List<Path> seeds(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }

  /** One of them. */
  static Target named(String name) {
    Target target = ALL.get(name);
    if (target == null) {
      throw new IllegalArgumentException("no fuzz target " + name + "; there are " + ALL.keySet());
    }
    return target;
  }
}
