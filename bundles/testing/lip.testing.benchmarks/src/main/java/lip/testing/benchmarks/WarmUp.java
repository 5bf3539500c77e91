package lip.testing.benchmarks;

import java.util.List;
import lip.testing.benchmarks.Stage.Body;
import lip.testing.benchmarks.load.Expected;
import lip.testing.benchmarks.load.Order;
import lip.testing.benchmarks.load.Order.Route;
import lip.testing.benchmarks.upstream.Mode;

/** Runs batches until two of them in a row cost the same, within bounds. */
final class WarmUp {
  private static final double SAME = 0.05;

  private final Stage stage;

  WarmUp(Stage stage) {
    this.stage = stage;
  }

  void run(Target target, List<Pair> pairs) throws InterruptedException {
    for (Pair pair : pairs) {
      if (target.takes(pair)) {
        run(target, pair);
      }
    }
  }

  private void run(Target target, Pair pair) throws InterruptedException {
    String small = stage.file(pair.client(), Body.SMALL);
    String large = stage.file(pair.client(), Body.LARGE);
    String streamed = stage.file(pair.client(), Body.STREAMED);
    Route whole = target.route(Mode.UNARY, pair);
    Route burst = target.route(Mode.BURST, pair);
    Route paced = target.route(Mode.PACED, pair);
    batches(target, 20_000, 3, 8, n -> Order.closed(whole, small, 16, n, Expected.TEXT));
    batches(target, 5_000, 2, 6, n -> Order.closed(whole, large, 16, n, Expected.TEXT));
    batches(target, 1_000, 2, 6, n -> Order.closed(burst, streamed, 8, n, Expected.STREAM));
    batches(target, 250, 1, 2, n -> Order.closed(paced, streamed, 250, n, Expected.STREAM));
  }

  private interface Batch {
    Order of(int calls);
  }

  private void batches(Target target, int calls, int least, int most, Batch batch)
      throws InterruptedException {
    double last = Double.NaN;
    for (int i = 0; i < (target.measured() ? most : 1); i++) {
      double cost = stage.run(target, batch.of(calls)).micros(calls);
      System.err.printf("warming %s: %.1f us%n", target.name(), cost);
      if (i + 1 >= least && Math.abs(cost - last) < SAME * last) {
        return;
      }
      last = cost;
    }
  }
}
