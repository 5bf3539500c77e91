package lip.testing.benchmarks;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A case that weighs what is relayed, with one pair.
 *
 * @param word of the case
 * @param pair of dialects
 */
record Relay(String word, Pair pair) {
  /** The cases in which any pair can be measured. */
  static final List<String> WORDS = List.of("unary", "large", "burst", "paced");

  /** How it is called in figures and failures. */
  String name() {
    return pair.name(word);
  }

  /** The figure that is compared with a plain proxy. */
  String cpu() {
    return name() + ".cpu_us";
  }

  /** What a plain proxy pays for the same bytes of the provider. */
  String plainCpu() {
    return new Relay(word, pair.relayed()).cpu();
  }

  /** Figures that are compared with a plain proxy, each with that of the proxy. */
  static Map<String, String> compared() {
    Map<String, String> compared = new LinkedHashMap<>();
    for (String word : WORDS) {
      for (Pair pair : Pair.ALL) {
        var relay = new Relay(word, pair);
        compared.put(relay.cpu(), relay.plainCpu());
      }
    }
    return compared;
  }
}
