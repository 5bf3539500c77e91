package lip.testing.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * The rows of the hot-change table. Each prepares what it needs and leaves an instance that any
 * other row can follow on.
 */
final class Rows {
  /** In the order of the table; the one that leaves a damaged process comes last. */
  static final List<String> IDS =
      List.of(
          "0", "1", "2", "3", "4", "5", "5b", "6", "7", "8", "9", "10", "11", "12", "13", "14",
          "14b", "15", "16", "15b");

  private static final String SHAPE = "70x100";
  private static final Traffic STREAMS = Traffic.chat("mark:" + SHAPE);
  private static final Traffic REQUESTS = Traffic.chat("mark:3x0");
  private static final String SETTINGS = "lip.test.mark.cfg";
  private static final int UPGRADES = 50;
  private static final String STUB_WORD = "deterministic";

  private final Instance instance;
  private final PluginJars jars;
  private int mark;
  private int probe;
  private int extra;
  private String markFile = "mark.jar";
  private String probeFile = "";
  private String label = "a";

  Rows(Instance instance, PluginJars jars) {
    this.instance = instance;
    this.jars = jars;
  }

  /** What must lie in the folders before the first start. */
  void prepare() {
    instance.config("lip.plugins.cfg", "drain.timeout = 60s\n");
    instance.config(SETTINGS, "label = a\n");
    instance.drop(jars.mark("mark", markVersion()), markFile);
  }

  /** Waits until the backend of the rows serves. */
  void awaitReady() {
    instance.await("mark is active", tree -> Seen.active(tree, "mark", markVersion()));
  }

  /** A row, with the instance made ready for it. */
  Row row(String id) {
    return switch (id) {
      case "0" ->
          Row.of(id, "none", STREAMS, REQUESTS, _ -> pause(Duration.ofSeconds(3)))
              .expecting(markVersion());
      case "1" -> newBackend(id);
      case "2" -> sideBySide(id);
      case "3" -> sameFile(id);
      case "4" -> deleted(id);
      case "5" -> feature(id);
      case "5b" -> featureShortDrain(id);
      case "6" -> frontend(id);
      case "7" -> settingsInFile(id);
      case "8" -> settingsInConsole(id);
      case "9" -> brokenSettings(id);
      case "10" -> brokenJars(id);
      case "11" -> createThrows(id);
      case "12" -> builtIn(id);
      case "13" -> brokenAtRestart(id);
      case "14" -> terminated(id);
      case "14b" -> listenerMoved(id);
      case "15" -> stuck(id, "sleeper", false);
      case "15b" -> stuck(id, "burner", true);
      case "16" -> manyUpgrades(id);
      default -> throw new IllegalArgumentException("no row " + id);
    };
  }

  /** Puts back what a row changed for itself only. */
  void after(String id) {
    switch (id) {
      case "2", "3", "16" ->
          instance.await(
              "only one version of mark is left",
              tree ->
                  Seen.instances(tree, "mark") == 1 && Seen.bundles(tree, "lip.test.mark") == 1);
      case "4" -> awaitNoFile("extra.jar");
      case "5" -> awaitNoFile("stamp.jar");
      case "5b" -> {
        awaitNoFile("stamp.jar");
        instance.deleteConfig("lip.test.stamp.cfg");
        instance.deleteConfig("lip.test.stamp~closed.cfg");
        instance.config("lip.plugins.cfg", "drain.timeout = 60s\n");
      }
      case "6" -> awaitNoFile("probe-" + (probe - 1) + ".jar");
      case "15" -> instance.config("lip.plugins.cfg", "drain.timeout = 60s\n");
      default -> {}
    }
  }

  private Row newBackend(String id) {
    return Row.of(
            id,
            "new backend dropped",
            STREAMS,
            REQUESTS,
            load -> {
              String note = "live after " + dropExtra() + " ms";
              load.ask(Traffic.chat("extra:3x0"));
              load.awaitAnswerOf(extraVersion());
              return note;
            })
        .expecting(markVersion(), "5." + (extra + 1) + ".0");
  }

  private Row sideBySide(String id) {
    String old = markVersion();
    String oldFile = markFile;
    mark++;
    return Row.of(
            id,
            "backend upgraded side by side",
            STREAMS,
            REQUESTS,
            load -> {
              markFile = "mark-" + markVersion() + ".jar";
              instance.drop(jars.mark("mark", markVersion()), markFile);
              long live = load.awaitAnswerOf(markVersion());
              instance.remove(oldFile);
              return "live after " + live + " ms";
            })
        .expecting(old, markVersion());
  }

  private Row sameFile(String id) {
    String old = markVersion();
    mark++;
    return Row.of(
            id,
            "same file replaced",
            STREAMS,
            REQUESTS,
            load -> {
              instance.drop(jars.mark("mark", markVersion()), markFile);
              return "live after " + load.awaitAnswerOf(markVersion()) + " ms";
            })
        .expecting(old, markVersion());
  }

  private Row deleted(String id) {
    dropExtra();
    return Row.of(
            id,
            "file deleted while its streams run",
            Traffic.chat("extra:" + SHAPE),
            REQUESTS,
            load -> {
              instance.remove("extra.jar");
              long out =
                  instance.await(
                      "extra takes no new requests", tree -> !Seen.active(tree, "extra", ""));
              return "out after " + out + " ms with " + load.open() + " streams open";
            })
        .expecting(extraVersion(), markVersion());
  }

  private Row feature(String id) {
    return Row.of(
            id,
            "feature added, then removed, mid-stream",
            STREAMS,
            REQUESTS,
            load -> {
              instance.drop(jars.stamp("stamp", "1.0.0"), "stamp.jar");
              long in = load.awaitAnswerOf("s1.0.0");
              int open = load.open(HotTable.STREAMS, STREAMS);
              instance.remove("stamp.jar");
              long out = load.awaitAnswer("an answer without", last -> !last.contains("s1.0.0"));
              return "in after %d ms, out after %d ms with %d streams open"
                  .formatted(in, out, open);
            })
        .expecting(markVersion(), "s1.0.0");
  }

  private Row featureShortDrain(String id) {
    instance.config("lip.plugins.cfg", "drain.timeout = 2s\n");
    instance.drop(jars.stamp("stamp", "1.0.0"), "stamp.jar");
    instance.await("stamp is active", tree -> Seen.active(tree, "stamp", "1.0.0"));
    instance.config("lip.test.stamp.cfg", "only = o\nhold = 3\n");
    instance.config("lip.test.stamp~closed.cfg", "only = c\nfail.closed = true\n");
    instance.await(
        "both stamps are active",
        tree ->
            Seen.active(tree, "closed", "1.0.0")
                && Seen.fileState(tree, "lip.test.stamp.cfg").equals("applied"));
    return Row.of(
            id,
            "the same with a drain limit shorter than the streams",
            Traffic.chat("mark:" + SHAPE + "o").withLooseStamps(),
            REQUESTS,
            load -> {
              load.streamsMayEnd();
              instance.remove("stamp.jar");
              long ended =
                  Wait.until(
                      "fail_closed streams end",
                      Duration.ofSeconds(30),
                      () -> load.streams().endings() >= HotTable.STREAMS / 2,
                      () -> load.streams().reasons() + "");
              return "fail_closed streams ended after " + ended + " ms";
            })
        .alsoStreaming(Traffic.chat("mark:" + SHAPE + "c").withLooseStamps())
        .expecting(markVersion())
        .ending(HotTable.STREAMS / 2);
  }

  private Row frontend(String id) {
    if (probeFile.isEmpty()) {
      dropProbe();
    }
    String old = "f1." + probe + ".0";
    String oldFile = probeFile;
    return Row.of(
            id,
            "frontend upgraded",
            Traffic.probe("probe", "mark:" + SHAPE),
            Traffic.probe("probe", "mark:3x0"),
            load -> {
              dropProbe();
              long live = load.awaitAnswerOf("f1." + probe + ".0");
              instance.remove(oldFile);
              return "live after " + live + " ms";
            })
        .expecting(old, "f1." + (probe + 1) + ".0");
  }

  private Row settingsInFile(String id) {
    String old = label;
    return Row.of(
            id,
            "settings edited in a file",
            STREAMS,
            REQUESTS,
            load -> {
              label = "file" + mark;
              instance.config(SETTINGS, "label = " + label + "\n");
              return "in force after " + load.awaitAnswerOf("/" + label) + " ms";
            })
        .expecting("/" + old, "/file");
  }

  private Row settingsInConsole(String id) {
    String old = label;
    return Row.of(
            id,
            "settings edited in the Web Console",
            STREAMS,
            REQUESTS,
            load -> {
              label = "console" + mark;
              String form =
                  "apply=true&action=ajaxConfigManager&propertylist=label&"
                      + URLEncoder.encode("$location", StandardCharsets.UTF_8)
                      + "=&label="
                      + label;
              var response =
                  instance.admin("POST", "/system/console/configMgr/lip.test.mark", form);
              if (response.statusCode() >= 400) {
                throw new IllegalStateException(
                    "console: " + response.statusCode() + " " + response.body());
              }
              long live = load.awaitAnswerOf("/" + label);
              Wait.until(
                  "the file has it",
                  Duration.ofSeconds(20),
                  () -> instance.config(SETTINGS).contains(label),
                  () -> instance.config(SETTINGS));
              return "in force after " + live + " ms, written back";
            })
        .expecting("/" + old, "/console");
  }

  private Row brokenSettings(String id) {
    String old = label;
    return Row.of(
            id,
            "broken settings, then corrected",
            STREAMS,
            REQUESTS,
            load -> {
              String good = label;
              instance.config(SETTINGS, "label = never\nlabell = x\npatience = 5h\n");
              instance.await(
                  "the file is refused with the key",
                  tree -> Seen.refused(tree, SETTINGS, "labell"));
              String log = instance.log();
              if (!log.contains("labell")) {
                throw new IllegalStateException("the log does not name the key");
              }
              load.awaitAnswerOf("/" + good);
              label = "corrected" + mark;
              instance.config(SETTINGS, "label = " + label + "\n");
              return "refused by name; correction in force after "
                  + load.awaitAnswerOf("/" + label)
                  + " ms";
            })
        .expecting("/" + old, "/corrected");
  }

  private Row brokenJars(String id) {
    return Row.of(
            id,
            "a jar that is no bundle, does not resolve, throws on start",
            STREAMS,
            REQUESTS,
            _ -> {
              instance.drop(textFile(), "text.jar");
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
              awaitNoFile("throwing.jar");
              return "all refused with their reasons";
            })
        .expecting(markVersion());
  }

  private Row createThrows(String id) {
    return Row.of(
            id,
            "create throws",
            STREAMS,
            REQUESTS,
            _ -> {
              instance.drop(jars.markThatCannotBeMade("mark", "1.900.0"), "mark-bad.jar");
              instance.await(
                  "the new version failed with its reason",
                  tree ->
                      Seen.fileState(tree, "mark-bad.jar").equals("failed")
                          && Seen.reason(tree, "mark-bad.jar").contains("cannot be made"));
              instance.remove("mark-bad.jar");
              awaitNoFile("mark-bad.jar");
              return "old one serves, reason shown";
            })
        .expecting(markVersion());
  }

  private Row builtIn(String id) {
    Traffic words = Traffic.words("local-stub:stub-slow-100ms-70");
    return Row.of(
            id,
            "built-in backend upgraded, then rolled back",
            words,
            Traffic.text("local-stub:stub-default"),
            load -> {
              Path next =
                  jars.reissued(
                      instance.distribution().systemJar("lip.backend.stub"),
                      "0.900.0",
                      STUB_WORD,
                      "reissued");
              instance.drop(next, "stub.jar");
              long up = load.awaitAnswerOf("reissued");
              int open = load.open(HotTable.STREAMS, words);
              instance.remove("stub.jar");
              long down = load.awaitAnswerOf(STUB_WORD);
              return "up after %d ms, back after %d ms with %d streams open"
                  .formatted(up, down, open);
            })
        .expecting("stub", "reissued", STUB_WORD);
  }

  private Row brokenAtRestart(String id) {
    return Row.of(
            id,
            "restart with a broken configuration file",
            STREAMS,
            REQUESTS,
            load -> {
              instance.config(SETTINGS, "labell = x\n");
              String note = restart(load);
              instance.await(
                  "the broken file is reported", tree -> Seen.refused(tree, SETTINGS, "labell"));
              load.awaitAnswerOf("/" + label);
              instance.config(SETTINGS, "label = " + label + "\n");
              return note + ", last good settings in force";
            })
        .expecting("/" + label);
  }

  private Row terminated(String id) {
    return Row.of(id, "SIGTERM under load", STREAMS, REQUESTS, this::restart)
        .expecting(markVersion());
  }

  private String restart(Load load) {
    load.doorMayClose();
    int open = load.open();
    long begin = System.nanoTime();
    instance.terminate();
    load.awaitStreams();
    int exit = instance.awaitEnd();
    long took = (System.nanoTime() - begin) / 1_000_000;
    if (exit != 0) {
      throw new IllegalStateException("the process ended with " + exit);
    }
    instance.start();
    awaitReady();
    load.awaitAnswerOf(markVersion());
    return "stopped in %d ms with %d streams open".formatted(took, open);
  }

  private Row listenerMoved(String id) {
    return Row.of(
            id,
            "data listener moved to another port",
            STREAMS,
            REQUESTS,
            load -> {
              int port = freePort();
              int old = instance.port();
              load.followAddress();
              instance.config("lip.server.cfg", "address = 127.0.0.1:" + port + "\n");
              long moved =
                  Wait.until(
                      "the new address is announced",
                      Duration.ofSeconds(30),
                      () -> {
                        instance.refresh();
                        return instance.port() == port;
                      },
                      instance::log);
              load.awaitAnswerOf(markVersion());
              return "%d to %d after %d ms with %d streams open"
                  .formatted(old, port, moved, load.open());
            })
        .expecting(markVersion());
  }

  private Row stuck(String id, String name, boolean burns) {
    int count = Runtime.getRuntime().availableProcessors() * 2;
    instance.config("lip.plugins.cfg", "drain.timeout = 2s\n");
    instance.drop(burns ? jars.burner(name) : jars.sleeper(name), name + ".jar");
    instance.await(name + " is active", tree -> Seen.active(tree, name, "1.0.0"));
    return Row.of(
            id,
            burns ? "plugins that burn a core for ever" : "plugins that sleep for ever",
            STREAMS,
            REQUESTS,
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
        .expecting(markVersion())
        .ending(count);
  }

  private Row manyUpgrades(String id) {
    String first = markVersion();
    return Row.of(
            id,
            UPGRADES + " upgrades in a row",
            STREAMS,
            REQUESTS,
            load -> {
              long longest = 0;
              for (int i = 0; i < UPGRADES; i++) {
                mark++;
                label = "many" + i;
                instance.config(SETTINGS, "label = " + label + "\n");
                instance.drop(jars.mark("mark", markVersion()), markFile);
                longest = Math.max(longest, load.awaitAnswerOf(markVersion() + "/" + label));
              }
              load.awaitStreams();
              after("16");
              long loaders = Seen.instancesOf(instance, "lip.test.mark.Marker");
              if (loaders > 2) {
                throw new IllegalStateException(loaders + " class loaders of mark are alive");
              }
              return "longest to live %d ms, class loaders alive %d".formatted(longest, loaders);
            })
        .expecting(first, "1." + (mark + UPGRADES) + ".0");
  }

  private long dropExtra() {
    extra++;
    instance.drop(jars.mark("extra", extraVersion()), "extra.jar");
    return instance.await("extra is active", tree -> Seen.active(tree, "extra", extraVersion()));
  }

  private void dropProbe() {
    probe++;
    probeFile = "probe-" + probe + ".jar";
    String version = "1." + probe + ".0";
    instance.drop(jars.probe("probe", version), probeFile);
    instance.await("probe is active", tree -> Seen.active(tree, "probe", version));
  }

  private void awaitNoFile(String file) {
    instance.await(file + " is forgotten", tree -> Seen.fileState(tree, file).isEmpty());
  }

  private String markVersion() {
    return "1." + mark + ".0";
  }

  private String extraVersion() {
    return "5." + extra + ".0";
  }

  private static String pause(Duration duration) {
    Wait.untilNanos(System.nanoTime() + duration.toNanos());
    return "control";
  }

  private static Path textFile() {
    try {
      Path file = Files.createTempFile("text", ".jar");
      Files.writeString(file, "this is text");
      file.toFile().deleteOnExit();
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int freePort() {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
