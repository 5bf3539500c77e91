package lip.testing.benchmarks;

import lip.testing.benchmarks.load.Expected;
import lip.testing.benchmarks.load.Order;
import lip.testing.benchmarks.upstream.Mode;

/** Runs batches until two of them in a row cost the same, within bounds. */
final class WarmUp {
  private static final double SAME = 0.05;

  private final Stage stage;

  WarmUp(Stage stage) {
    this.stage = stage;
  }

  void run(Target target) throws InterruptedException {
    batches(target, 20_000, 3, 8, order(target, Mode.UNARY, stage.small, 16, Expected.TEXT));
    batches(target, 5_000, 2, 6, order(target, Mode.UNARY, stage.large, 16, Expected.TEXT));
    batches(
        target, 1_000, 2, 6, order(target, Mode.BURST, stage.smallStreamed, 8, Expected.STREAM));
    batches(
        target, 250, 1, 2, order(target, Mode.PACED, stage.smallStreamed, 250, Expected.STREAM));
  }

  private interface Batch {
    Order of(int calls);
  }

  private static Batch order(
      Target target, Mode mode, String body, int connections, Expected expected) {
    return calls -> Order.closed(target.route(mode), body, connections, calls, expected);
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
