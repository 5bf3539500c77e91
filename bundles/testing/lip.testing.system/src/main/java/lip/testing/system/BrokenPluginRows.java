package lip.testing.system;

import java.time.Duration;
import java.util.List;

/** Rows with plugins that are broken or never return. */
final class BrokenPluginRows {
  private final Instance instance;
  private final PluginJars jars;
  private final Deployed deployed;

  BrokenPluginRows(Instance instance, PluginJars jars, Deployed deployed) {
    this.instance = instance;
    this.jars = jars;
    this.deployed = deployed;
  }

  Row brokenJars(String id) {
    return Row.of(
            id,
            "a jar that is no bundle, does not resolve, throws on start",
            Rows.STREAMS,
            Rows.REQUESTS,
            _ -> {
              instance.drop(jars.text("text"), "text.jar");
              instance.drop(jars.noBundle("plain"), "plain.jar");
              instance.drop(jars.unresolvable("needy"), "needy.jar");
              instance.drop(jars.throwing("throwing"), "throwing.jar");
              instance.await(
                  "all are refused with reasons",
                  tree ->
                      Seen.refused(tree, "text.jar", "")
                          && Seen.refused(tree, "plain.jar", "Bundle-SymbolicName")
                          && Seen.refused(tree, "needy.jar", "no.such.thing")
                          && Seen.refused(tree, "throwing.jar", "this activator says no"));
              for (String file : List.of("text", "plain", "needy", "throwing")) {
                instance.remove(file + ".jar");
              }
              deployed.awaitNoFile("throwing.jar");
              return "all refused with their reasons";
            })
        .expecting(deployed.markVersion());
  }

  Row createThrows(String id) {
    return Row.of(
            id,
            "create throws",
            Rows.STREAMS,
            Rows.REQUESTS,
            _ -> {
              instance.drop(jars.markThatCannotBeMade("mark", "1.900.0"), "mark-bad.jar");
              instance.await(
                  "the new version failed with its reason",
                  tree ->
                      Seen.fileState(tree, "mark-bad.jar").equals("failed")
                          && Seen.reason(tree, "mark-bad.jar").contains("cannot be made"));
              instance.remove("mark-bad.jar");
              deployed.awaitNoFile("mark-bad.jar");
              return "old one serves, reason shown";
            })
        .expecting(deployed.markVersion());
  }

  Row stuck(String id, String name, boolean burns) {
    int count = Runtime.getRuntime().availableProcessors() * 2;
    instance.config("lip.plugins.cfg", "drain.timeout = 2s\n");
    instance.drop(burns ? jars.burner(name) : jars.sleeper(name), name + ".jar");
    instance.await(name + " is active", tree -> Seen.active(tree, name, "1.0.0"));
    return Row.of(
            id,
            burns ? "plugins that burn a core for ever" : "plugins that sleep for ever",
            Rows.STREAMS,
            Rows.REQUESTS,
            load -> {
              load.open(count, Traffic.words(name + ":stuck"));
              load.streamsMayEnd();
              instance.remove(name + ".jar");
              long ended =
                  Wait.until(
                      "their streams end",
                      Duration.ofSeconds(30),
                      () -> load.streams().endings() >= count,
                      () -> load.streams().reasons() + "\n" + instance.log());
              long gone =
                  instance.await(
                      "the bundle goes away", tree -> Seen.bundles(tree, "lip.test." + name) == 0);
              return "%d ended after %d ms, bundle gone %d ms later".formatted(count, ended, gone);
            })
        .expecting(deployed.markVersion())
        .ending(count);
  }
}
