package lip.operations.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import lip.core.gateway.Inventory.FileView;
import lip.core.instances.OneKind;
import lip.operations.deploy.Content.How;

/** One folder, and what happens in it. Used by one thread. */
final class ChangingFiles implements AutoCloseable {
  private static final List<String> NAMES = List.of("a.jar", "b.jar", "c.jar");
  private static final long LIMIT_NANOS = 60_000_000_000L;

  private final Path folder;
  private final Random random;
  private final OneKind kinds = new OneKind();
  private final FakeBundles bundles;
  private final TimeByHand time = new TimeByHand();
  private final FileStates states = new FileStates(InstantSource.system());
  private final PluginDeployment deployment;
  private final AutoCloseable listening;
  private final Witness witness = new Witness();
  private final List<Runnable> requests = new ArrayList<>();
  private final Thread looking;
  private volatile boolean closed;
  private int serial;

  ChangingFiles(Path folder, long seed) {
    this.folder = folder;
    random = new Random(seed);
    bundles = new FakeBundles(kinds, seed);
    deployment =
        new PluginDeployment(
            bundles.context(),
            kinds.departures(),
            new KindCount(FakeBundles.components()),
            folder,
            states,
            time);
    // Whoever serves is seen before the deployer can let others go for it, however busy the
    // machine.
    AutoCloseable watching = kinds.departures().onChange(this::see);
    AutoCloseable deploying = kinds.departures().onChange(deployment::settleSoon);
    listening =
        () -> {
          deploying.close();
          watching.close();
        };
    looking = Thread.ofPlatform().daemon().name("looking").start(this::look);
  }

  private void look() {
    while (!closed) {
      see();
      LockSupport.parkNanos(20_000);
    }
  }

  private void see() {
    synchronized (witness) {
      long id = kinds.serving();
      FakeBundles.One one = bundles.get(id);
      if (id < 0 || one != null) {
        witness.saw(one);
      }
    }
  }

  /** Does so many things, and says what went wrong. */
  List<String> problems(int steps) throws IOException {
    for (int i = 0; i < steps; i++) {
      step();
      if (random.nextInt(3) == 0) {
        LockSupport.parkNanos(random.nextInt(6) * 1_000_000L);
      }
      if (random.nextInt(3) == 0) {
        time.pass();
      }
      List<String> unsettled = random.nextInt(8) == 0 ? settle() : List.of();
      if (!unsettled.isEmpty()) {
        return unsettled;
      }
    }
    return settle();
  }

  private void step() throws IOException {
    String file = NAMES.get(random.nextInt(NAMES.size()));
    String other = NAMES.get(random.nextInt(NAMES.size()));
    List<Content> before = witness.contents(file);
    switch (random.nextInt(16)) {
      case 0, 1 -> {
        if (!before.isEmpty()) {
          delete(file);
        }
      }
      case 2, 3 -> {
        if (!before.isEmpty() && !file.equals(other)) {
          rename(file, other);
        }
      }
      case 4 -> {
        if (!before.isEmpty()) {
          drop(file, before.get(random.nextInt(before.size())));
        }
      }
      case 5 -> drop(file, fresh(How.BROKEN));
      case 6 -> drop(file, fresh(random.nextBoolean() ? How.UNSTARTABLE : How.GARBAGE));
      case 7, 8 -> requests.add(kinds.request());
      case 9, 10 -> endRequests();
      default -> drop(file, fresh(How.FINE));
    }
  }

  private Content fresh(How how) {
    return new Content(++serial, 1 + random.nextInt(5), how);
  }

  private void endRequests() {
    requests.forEach(Runnable::run);
    requests.clear();
  }

  void drop(String file, Content content) throws IOException {
    Path draft = folder.resolve("." + file);
    Files.write(draft, content.bytes());
    synchronized (witness) {
      witness.dropped(file, content);
      move(draft, folder.resolve(file));
    }
    deployment.changed(file);
  }

  void delete(String file) throws IOException {
    synchronized (witness) {
      witness.deleted(file);
      Files.delete(folder.resolve(file));
    }
    deployment.deleted(file);
  }

  private void rename(String file, String to) throws IOException {
    synchronized (witness) {
      witness.renamed(file, to);
      move(folder.resolve(file), folder.resolve(to));
    }
    deployment.deleted(file);
    deployment.changed(to);
  }

  private static void move(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Waits until that is said of the bundle with this version in a file. */
  void await(String file, int version, String state) {
    FileView view;
    do {
      LockSupport.parkNanos(100_000);
      view = states.get(file);
    } while (view == null
        || !view.version().equals(version + ".0.0")
        || !view.state().equals(state));
  }

  /** The content that answers a new request; null = none. */
  Content answering() {
    FakeBundles.One one = bundles.get(kinds.serving());
    return one == null ? null : one.content;
  }

  /** Waits until all is as the files say; what is not, when it does not come to that. */
  List<String> settle() {
    endRequests();
    long end = System.nanoTime() + LIMIT_NANOS;
    List<String> problems;
    boolean calm = false;
    do {
      time.pass();
      LockSupport.parkNanos(1_000_000);
      boolean quiet = quiet();
      problems = differences();
      // Twice in a row: what retires a bundle is seen by nobody between two tasks.
      if (quiet && calm && problems.isEmpty()) {
        break;
      }
      calm = quiet;
    } while (System.nanoTime() < end && (!calm || stillMoving(problems)));
    synchronized (witness) {
      witness.settled();
      problems.addAll(witness.wrong());
    }
    if (time.failure() != null) {
      problems.add("the deployer's task failed: " + time.failure());
    }
    return problems;
  }

  private int unchanged;
  private List<String> last = List.of();

  /** Whether the same differences were not seen for long yet. */
  private boolean stillMoving(List<String> problems) {
    unchanged = problems.equals(last) ? unchanged + 1 : 0;
    last = problems;
    return problems.isEmpty() || unchanged < 500;
  }

  private boolean quiet() {
    return time.idle() && bundles.started() && kinds.settled();
  }

  private List<String> differences() {
    List<String> found = new ArrayList<>();
    int best = 0;
    boolean sure = true;
    for (String file : NAMES) {
      Content content = witness.current(file);
      List<FakeBundles.One> mine =
          bundles.all().stream().filter(b -> PluginJar.fileOf(b.location).equals(file)).toList();
      FileView view = states.get(file);
      String state = view == null ? "none" : view.state();
      if (content == null) {
        if (!mine.isEmpty() || view != null) {
          found.add(file + " is gone, but: " + mine + " " + state);
        }
        continue;
      }
      long current = mine.stream().filter(one -> one.content.equals(content)).count();
      boolean alone = mine.size() == current;
      boolean right =
          switch (content.how()) {
            case FINE -> state.equals("live") && alone;
            case BROKEN -> state.equals("failed") || (state.equals("live") && alone);
            default -> state.equals("refused");
          };
      if (!right || current != (content.starts() ? 1 : 0)) {
        found.add(file + " holds " + content + ", but: " + mine + " " + state);
      }
      boolean fine = content.how() == How.FINE;
      best = fine ? Math.max(best, content.version()) : best;
      sure &= fine || alone;
    }
    FakeBundles.One serving = bundles.get(kinds.serving());
    int answers = serving == null || kinds.serving() < 0 ? 0 : serving.content.version();
    if (sure ? answers != best : answers < best) {
      found.add("version " + best + " is to answer, but: " + Objects.toString(serving));
    }
    return found;
  }

  String story() {
    synchronized (witness) {
      return witness.story();
    }
  }

  @Override
  public void close() throws Exception {
    closed = true;
    looking.join();
    listening.close();
    deployment.close();
    kinds.close();
  }
}
