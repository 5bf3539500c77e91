package lip.testing.benchmarks;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import lip.testing.system.Distribution;

/**
 * What the command line says.
 *
 * @param rounds how often each case is measured
 * @param cases which, in their order
 * @param pairs of dialects, for the cases of {@link Relay#WORDS}
 * @param only names of targets; empty = all
 * @param distributions what is measured, by name
 * @param javaOptions for their Java
 * @param json file to write; empty = none
 * @param streams that are open at the same time in the cases about silent streams
 * @param seconds of an open loop
 * @param install whether nginx may be installed
 */
record Options(
    int rounds,
    List<String> cases,
    List<Pair> pairs,
    List<String> only,
    Map<String, Distribution> distributions,
    List<String> javaOptions,
    String json,
    int streams,
    int seconds,
    boolean install) {

  static final String USAGE =
      """
      usage: ./lip bench [options]
        --rounds N            rounds, interleaved (default 5)
        --cases A,B           of %s
        --pairs               unary, large, burst and paced with every pair of Chat and Messages for
                              client and provider (default: Chat for both)
        --only A,B            of direct, nginx, lip and the names given with --dist
        --dist NAME=FOLDER    a distribution to measure instead of the assembled one; may be repeated
        --java-options "..."  options added to the Java of the distributions
        --streams N           silent streams (default 5000)
        --seconds N           length of an open loop (default 5; 60 for a p99 that means something)
        --json FILE           writes all figures
        --install             installs nginx from the system's packages when it is not there
        --micro [PATTERN]     single steps with JMH instead; see docs/operations/benchmarks.md
      """
          .formatted(String.join(", ", Cases.WORDS));

  boolean wants(String target) {
    return only.isEmpty() || only.contains(target);
  }

  /** The pairs with which a case is measured. */
  List<Pair> pairs(String word) {
    return Relay.WORDS.contains(word) ? pairs : List.of(Pair.USUAL);
  }

  static Options parse(List<String> arguments) {
    int rounds = 5;
    int streams = 5000;
    int seconds = 5;
    List<String> cases = Cases.WORDS;
    List<Pair> pairs = List.of(Pair.USUAL);
    List<String> only = List.of();
    var distributions = new LinkedHashMap<String, Distribution>();
    List<String> javaOptions = List.of();
    String json = "";
    boolean install = false;
    var words = new ArrayList<>(arguments);
    while (!words.isEmpty()) {
      String option = words.removeFirst();
      if (option.equals("--install")) {
        install = true;
        continue;
      }
      if (option.equals("--pairs")) {
        pairs = Pair.ALL;
        continue;
      }
      if (words.isEmpty()) {
        throw new IllegalArgumentException("bench: unknown or incomplete option " + option);
      }
      String value = words.removeFirst();
      switch (option) {
        case "--rounds" -> rounds = number(option, value);
        case "--streams" -> streams = number(option, value);
        case "--seconds" -> seconds = number(option, value);
        case "--cases" -> cases = cases(value);
        case "--only" -> only = List.of(value.split(",", -1));
        case "--java-options" -> javaOptions = List.of(value.trim().split("\\s+", -1));
        case "--json" -> json = value;
        case "--dist" -> {
          int at = value.indexOf('=');
          if (at < 1) {
            throw new IllegalArgumentException("bench: --dist takes NAME=FOLDER, not " + value);
          }
          Path folder = Path.of(value.substring(at + 1)).toAbsolutePath().normalize();
          distributions.put(value.substring(0, at), new Distribution(folder));
        }
        default -> throw new IllegalArgumentException("bench: unknown option " + option);
      }
    }
    if (distributions.isEmpty()) {
      distributions.put("lip", Distribution.assembled());
    }
    return new Options(
        rounds, cases, pairs, only, distributions, javaOptions, json, streams, seconds, install);
  }

  private static List<String> cases(String value) {
    List<String> cases = List.of(value.split(",", -1));
    for (String word : cases) {
      if (!Cases.WORDS.contains(word)) {
        throw new IllegalArgumentException("bench: no case " + word);
      }
    }
    return cases;
  }

  private static int number(String option, String value) {
    if (!value.matches("[1-9][0-9]{0,5}")) {
      throw new IllegalArgumentException("bench: " + option + " takes a number, not " + value);
    }
    return Integer.parseInt(value);
  }
}
