package lip.launcher;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the words of the command line. */
final class CommandLine {
  static final String USAGE =
      """
      usage: lip [command] [options]

        run                           start and serve (the default command)
        check-config [DIR]            check a configuration folder without serving
                     [--strict]       warnings count as errors
                     [--json]         findings as JSON
        inventory [--json]            what the running instance consists of
        try [--model M] "text"        stream one answer of the running instance
            [--url URL]               of the instance at this address
        cache                         make the start-up cache of this installation (once)
        version                       print the version
        help                          print this text

      options of run, check-config, inventory and try:
        --dir DIR                     where config/ plugins/ data/ logs/ are (default: the distribution)
      options of run:
        --config DIR                  the configuration folder (default: LIP_CONFIG, else config/)
      """;

  private final String command;
  private final Map<String, String> values = new HashMap<>();
  private final Set<String> switches = new HashSet<>();
  private final ArrayDeque<String> plain = new ArrayDeque<>();

  private CommandLine(String command, List<String> words, Set<String> valued, Set<String> flags) {
    this.command = command;
    var rest = new ArrayDeque<>(words);
    boolean optionsEnded = false;
    while (!rest.isEmpty()) {
      String word = rest.pop();
      if (optionsEnded || !word.startsWith("-") || word.equals("-")) {
        plain.add(word);
      } else if (word.equals("--")) {
        optionsEnded = true;
      } else if (flags.contains(word)) {
        switches.add(word);
      } else {
        option(word, rest, valued);
      }
    }
  }

  private void option(String word, ArrayDeque<String> rest, Set<String> valued) {
    int equals = word.indexOf('=');
    String name = equals < 0 ? word : word.substring(0, equals);
    if (!valued.contains(name)) {
      throw new UsageError("lip " + command + ": unknown option " + name);
    }
    String value = equals < 0 ? rest.poll() : word.substring(equals + 1);
    if (value == null || value.isBlank()) {
      throw new UsageError("lip " + command + ": option " + name + " needs a value");
    }
    if (values.put(name, value) != null) {
      throw new UsageError("lip " + command + ": option " + name + " stands twice");
    }
  }

  /**
   * The command that the words ask for.
   *
   * @throws UsageError if there is no such command or option
   */
  static Command parse(List<String> words) {
    if (words.isEmpty()) {
      return new Command.Run(null, null);
    }
    String first = words.getFirst();
    if (first.startsWith("-") && !Set.of("-h", "--help", "--version").contains(first)) {
      return run(words);
    }
    List<String> rest = words.subList(1, words.size());
    if (rest.contains("--help") || rest.contains("-h")) {
      return new Command.Help();
    }
    return switch (first) {
      case "run" -> run(rest);
      case "check-config" -> checkConfig(rest);
      case "inventory" -> inventory(rest);
      case "try" -> tryIt(rest);
      case "cache" -> {
        new CommandLine("cache", rest, Set.of(), Set.of()).nothingMore();
        yield new Command.Cache();
      }
      case "version", "--version" -> {
        new CommandLine("version", rest, Set.of(), Set.of()).nothingMore();
        yield new Command.Version();
      }
      case "help", "-h", "--help" -> new Command.Help();
      default -> throw new UsageError("lip: unknown command " + first);
    };
  }

  private static Command run(List<String> words) {
    var line = new CommandLine("run", words, Set.of("--dir", "--config"), Set.of());
    line.nothingMore();
    return new Command.Run(line.path("--dir"), line.path("--config"));
  }

  private static Command checkConfig(List<String> words) {
    var line =
        new CommandLine(
            "check-config", words, Set.of("--dir", "--config"), Set.of("--strict", "--json"));
    String folder = line.plain.poll();
    line.nothingMore();
    return new Command.CheckConfig(
        line.path("--dir"),
        folder == null ? line.path("--config") : Path.of(folder),
        line.switches.contains("--strict"),
        line.switches.contains("--json"));
  }

  private static Command inventory(List<String> words) {
    var line = new CommandLine("inventory", words, Set.of("--dir"), Set.of("--json"));
    line.nothingMore();
    return new Command.Inventory(line.path("--dir"), line.switches.contains("--json"));
  }

  private static Command tryIt(List<String> words) {
    var line = new CommandLine("try", words, Set.of("--dir", "--model", "--url"), Set.of());
    if (line.plain.isEmpty()) {
      throw new UsageError("lip try: say something, for example: lip try \"hello\"");
    }
    return new Command.Try(
        line.path("--dir"),
        line.values.get("--url"),
        line.values.get("--model"),
        String.join(" ", line.plain));
  }

  private @Nullable Path path(String option) {
    String value = values.get(option);
    return value == null ? null : Path.of(value);
  }

  private void nothingMore() {
    if (!plain.isEmpty()) {
      throw new UsageError("lip " + command + ": unexpected argument " + plain.peek());
    }
  }
}
