package lip.testing.benchmarks;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToIntFunction;
import lip.testing.benchmarks.load.Order.Route;
import lip.testing.benchmarks.upstream.Dialect;
import lip.testing.benchmarks.upstream.Mode;
import lip.testing.system.Distribution;
import lip.testing.system.FreePort;
import lip.testing.system.Instance;

/**
 * The distribution as it ships, with one instance of a backend for each mode of the upstream and
 * each dialect that is measured.
 */
final class Product implements Target {
  private static final AtomicInteger COUNT = new AtomicInteger();
  private static final String KEY = "BENCH_KEY";

  private final Settings settings;
  private final int port = FreePort.find();
  private final Instance instance;
  private boolean launched;

  /** What makes one; it gets instances for the providers of these pairs only. */
  record Settings(
      String name,
      Distribution distribution,
      List<String> javaOptions,
      List<Pair> pairs,
      Path work,
      ToIntFunction<Mode> upstream) {}

  Product(Settings settings) {
    this.settings = settings;
    Path folder = settings.work().resolve(settings.name() + "-" + COUNT.incrementAndGet());
    instance = new Instance(folder, settings.distribution().ownSession(), settings.javaOptions());
    instance.env(KEY, "sk-bench-123456");
    instance.config("lip.server.cfg", "address = 127.0.0.1:" + port + "\n");
    settings.pairs().stream().map(Pair::provider).distinct().forEach(this::backends);
  }

  private void backends(Dialect provider) {
    String kind =
        switch (provider) {
          case CHAT -> "lip.backend.openai.legacy";
          case MESSAGES -> "lip.backend.anthropic";
        };
    for (Mode mode : Mode.values()) {
      instance.config(
          kind + "~" + backend(mode, provider) + ".cfg",
          "base.url = http://127.0.0.1:%d/v1%napi.keys = env:%s%nmodels = bench%n"
              .formatted(settings.upstream().applyAsInt(mode), KEY));
    }
  }

  private static String backend(Mode mode, Dialect provider) {
    return mode.word() + "-" + provider.word();
  }

  @Override
  public String name() {
    return settings.name();
  }

  @Override
  public Route route(Mode mode, Pair pair) {
    var headers = new ArrayList<String>();
    headers.add("X-LIP-Route: " + backend(mode, pair.provider()) + ":bench");
    if (pair.client() == Dialect.MESSAGES) {
      headers.add("Anthropic-Version: 2023-06-01"); // As every such client does.
    }
    return new Route(port, pair.client().path(), pair.client(), List.copyOf(headers));
  }

  @Override
  public boolean takes(Pair pair) {
    return settings.pairs().contains(pair);
  }

  @Override
  public void launch() {
    instance.launch();
    launched = true;
  }

  @Override
  public long pid() {
    return launched ? instance.pid() : 0;
  }

  @Override
  public boolean java() {
    return true;
  }

  @Override
  public Target another() {
    return new Product(settings);
  }

  @Override
  public String output() {
    return instance.log();
  }

  /** Bytes of live objects. */
  long liveHeap() {
    String histogram = instance.jcmd("GC.class_histogram");
    for (String line : histogram.split("\n", -1)) {
      if (line.startsWith("Total")) {
        return Long.parseLong(line.trim().split("\\s+", -1)[2]);
      }
    }
    throw new IllegalStateException("no total in the class histogram: " + histogram);
  }

  @Override
  public void close() {
    instance.close();
  }
}
