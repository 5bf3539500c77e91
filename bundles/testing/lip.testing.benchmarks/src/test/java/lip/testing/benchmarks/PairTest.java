package lip.testing.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import lip.testing.benchmarks.upstream.Dialect;
import org.junit.jupiter.api.Test;

/** Pairs of dialects in options, figures and goals. */
class PairTest {
  private static final Pair TRANSLATED = new Pair(Dialect.CHAT, Dialect.MESSAGES);
  private static final Pair MESSAGES = new Pair(Dialect.MESSAGES, Dialect.MESSAGES);

  private static Options options(String... words) {
    var all = new ArrayList<String>(List.of(words));
    all.addAll(List.of("--rounds", "1", "--dist", "lip=none"));
    return Options.parse(all);
  }

  @Test
  void theUsualPairIsMeasuredUnlessAllAreAskedFor() {
    assertThat(options().pairs("burst")).containsExactly(Pair.USUAL);
    assertThat(options("--pairs").pairs("burst"))
        .containsExactly(
            Pair.USUAL, TRANSLATED, new Pair(Dialect.MESSAGES, Dialect.CHAT), MESSAGES);
    assertThat(options("--pairs").pairs("idle")).containsExactly(Pair.USUAL);
  }

  @Test
  void namesOfTheUsualPairStayAsTheyWere() {
    assertThat(new Relay("burst", Pair.USUAL).cpu()).isEqualTo("burst.cpu_us");
    assertThat(new Relay("burst", TRANSLATED).cpu()).isEqualTo("burst.chat-messages.cpu_us");
  }

  private static void put(Results results, String target, Relay relay, double micros) {
    results.put(target, relay.cpu(), 0, micros);
  }

  @Test
  void aPairIsComparedWithNginxRelayingTheBytesOfItsProvider() {
    var results = new Results(1);
    put(results, "nginx", new Relay("burst", Pair.USUAL), 5);
    put(results, "nginx", new Relay("burst", MESSAGES), 4);
    put(results, "lip", new Relay("burst", TRANSLATED), 6);
    Options all = options("--pairs");

    assertThat(new Report(results, all).table())
        .contains("| burst.chat-messages.cpu_us | - | 6.00 (1.50x, 1.50..1.50) |")
        .contains(
            "| 3 | CPU of an event in a burst, chat client, messages provider, x nginx | 1.50 |"
                + " <= 2.00 | 1.00 | met |");
  }
}
