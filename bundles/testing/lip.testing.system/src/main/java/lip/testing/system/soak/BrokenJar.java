package lip.testing.system.soak;

import java.util.Random;
import lip.testing.system.Instance;
import lip.testing.system.PluginJars;
import lip.testing.system.Seen;
import lip.testing.system.Tree;

/** A jar that must be refused, each time for another reason. */
record BrokenJar(Instance instance, PluginJars jars, Random random) {
  private static final String FILE = "broken.jar";

  /** Drops it, waits until it is refused, and takes it away. */
  void comesAndGoes() {
    String reason = drop();
    instance.await(
        "the jar is refused", tree -> Seen.reason(tree, FILE).contains(reason) && failed(tree));
    instance.remove(FILE);
    instance.await(FILE + " is forgotten", tree -> Seen.fileState(tree, FILE).isEmpty());
  }

  /** What its reason must say. */
  private String drop() {
    return switch (random.nextInt(5)) {
      case 0 -> {
        instance.drop(jars.text("text"), FILE);
        yield "";
      }
      case 1 -> {
        instance.drop(jars.noBundle("plain"), FILE);
        yield "Bundle-SymbolicName";
      }
      case 2 -> {
        instance.drop(jars.unresolvable("needy"), FILE);
        yield "no.such.thing";
      }
      case 3 -> {
        instance.drop(jars.throwing("throwing"), FILE);
        yield "this activator says no";
      }
      default -> {
        instance.drop(jars.markThatCannotBeMade("mark", "1.900000.0"), FILE);
        yield "cannot be made";
      }
    };
  }

  private static boolean failed(Tree tree) {
    String state = Seen.fileState(tree, FILE);
    return state.equals("refused") || state.equals("failed");
  }
}
