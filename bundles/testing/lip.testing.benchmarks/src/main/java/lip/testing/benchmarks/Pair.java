package lip.testing.benchmarks;

import java.util.Arrays;
import java.util.List;
import lip.testing.benchmarks.upstream.Dialect;

/** What the client speaks, and what the provider. */
record Pair(Dialect client, Dialect provider) {
  /** The one that is measured when nothing else is asked for, in all cases. */
  static final Pair USUAL = new Pair(Dialect.CHAT, Dialect.CHAT);

  /** All, the usual one first. */
  static final List<Pair> ALL =
      Arrays.stream(Dialect.values())
          .flatMap(
              client -> Arrays.stream(Dialect.values()).map(provider -> new Pair(client, provider)))
          .toList();

  /** Whether nothing has to be translated. */
  boolean same() {
    return client == provider;
  }

  /** The pair in which a plain proxy relays the same bytes of the provider. */
  Pair relayed() {
    return new Pair(provider, provider);
  }

  /** What a figure of this pair is called; the usual pair leaves its name as it is. */
  String name(String word) {
    return equals(USUAL) ? word : word + "." + client.word() + "-" + provider.word();
  }

  @Override
  public String toString() {
    return client.word() + " client, " + provider.word() + " provider";
  }
}
