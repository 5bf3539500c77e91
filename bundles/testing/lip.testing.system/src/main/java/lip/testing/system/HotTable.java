package lip.testing.system;

import java.nio.file.Path;
import java.util.List;

/** Runs rows of the hot-change table on one instance. Used by one thread. */
public final class HotTable implements AutoCloseable {
  /** How many streams straddle each change. */
  static final int STREAMS = 50;

  private final Instance instance;
  private final Rows rows;

  /** Prepares an instance in an empty folder. */
  public HotTable(Path folder) {
    instance = new Instance(folder.resolve("run"));
    rows = new Rows(instance, new PluginJars(folder));
  }

  /** The instance. */
  public Instance instance() {
    return instance;
  }

  /** Starts the instance with the plugins that all rows begin with. */
  public HotTable start() {
    rows.prepare();
    instance.start();
    rows.awaitReady();
    return this;
  }

  /** Ids of the rows, in the order in which they build on each other. */
  public static List<String> ids() {
    return Rows.IDS;
  }

  /** Runs a row. */
  public Outcome run(String id) {
    Row row = rows.row(id);
    try {
      return run(row);
    } finally {
      rows.after(id);
    }
  }

  private Outcome run(Row row) {
    try (var load = new Load(instance, row.requests())) {
      int open = 0;
      int kinds = row.streams().size();
      for (Traffic traffic : row.streams()) {
        open = load.open((STREAMS + kinds - 1) / kinds, traffic);
      }
      String note = row.change().on(load);
      load.awaitStreams();
      load.stop();
      return Outcome.of(row, open, note, load);
    }
  }

  @Override
  public void close() {
    instance.close();
  }
}
