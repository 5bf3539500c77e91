package lip.testing.benchmarks.upstream;

import java.io.IOException;
import java.util.Arrays;
import java.util.stream.Collectors;
import lip.testing.benchmarks.load.Parent;

/**
 * The process: prints {@code ports} and the port of each mode, then {@code closed MODE NANOS} for
 * each stream whose client went away.
 */
public final class UpstreamMain {
  private UpstreamMain() {}

  /** Serves until its standard input ends. */
  public static void main(String[] arguments) throws IOException {
    try (var upstream =
        new Upstream((mode, time) -> System.out.println("closed " + mode.word() + " " + time))) {
      String ports =
          Arrays.stream(Mode.values())
              .map(mode -> Integer.toString(upstream.port(mode)))
              .collect(Collectors.joining(" "));
      System.out.println("ports " + ports);
      Thread.ofPlatform().daemon().start(Parent::exitWhenGone);
      upstream.run();
    }
  }
}
