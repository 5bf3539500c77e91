package lip.testing.system.soak;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import lip.testing.system.Connection;
import lip.testing.system.Instance;
import lip.testing.system.PluginJars;
import lip.testing.system.Reading;
import lip.testing.system.Seen;
import lip.testing.system.Traffic;
import lip.testing.system.Wait;

/**
 * Changes plugins and settings at random; each is waited for until it is in force. Used by one
 * thread, but for {@link #floors()}.
 */
final class Changes {
  private static final String MARK_SETTINGS = "lip.test.mark.cfg";
  private static final String EMU_SETTINGS = "lip.backend.openai.legacy~emu.cfg";
  private static final String SECOND_SETTINGS = "lip.backend.openai.legacy~second.cfg";
  private static final String CLIENT_SETTINGS = "lip.http.client.cfg";
  private static final Duration LIMIT = Duration.ofSeconds(60);

  /** What can happen, as often as it stands here. */
  private enum What {
    UPGRADE,
    REPLACEMENT,
    REPLACEMENT_AGAIN,
    LABEL,
    LABEL_IN_CONSOLE,
    BROKEN_SETTINGS,
    EXTRA_BACKEND,
    EXTRA_BACKEND_AGAIN,
    STAMP_FEATURE,
    STAMP_FEATURE_AGAIN,
    BUILT_IN,
    FRONTEND,
    BROKEN_JAR,
    PROVIDER_SETTINGS,
    SECOND_PROVIDER,
    CONNECTIONS
  }

  private final Instance instance;
  private final PluginJars jars;
  private final Upstream upstream;
  private final Random random;
  private final Door extraDoor;
  private final Door secondDoor;
  private final Faults faults;
  private final Map<String, Integer> done = new TreeMap<>();
  private volatile Floors floors = new Floors(0, 0, 0);
  private String markFile = "mark.jar";
  private String probeFile = "probe-0.jar";
  private int mark;
  private int label;
  private int probe;
  private int extra;
  private int stamp;
  private boolean extraThere;
  private boolean stampThere;
  private boolean builtInReplaced;
  private boolean secondThere;

  Changes(
      Instance instance,
      PluginJars jars,
      Upstream upstream,
      Random random,
      Door extraDoor,
      Door secondDoor,
      Faults faults) {
    this.instance = instance;
    this.jars = jars;
    this.upstream = upstream;
    this.random = random;
    this.extraDoor = extraDoor;
    this.secondDoor = secondDoor;
    this.faults = faults;
  }

  /** What must lie in the folders before the start. */
  void prepare() {
    instance.config("lip.plugins.cfg", "drain.timeout = 60s\n");
    instance.config(CLIENT_SETTINGS, connections(64));
    instance.config(MARK_SETTINGS, "label = L0\n");
    instance.config(EMU_SETTINGS, upstream.settings(""));
    instance.drop(jars.mark("mark", "1.0.0"), markFile);
    instance.drop(jars.probe("probe", "1.0.0"), probeFile);
  }

  /** Waits until everything is there. */
  void awaitReady() {
    instance.await(
        "the backends and the frontend are active",
        tree ->
            Seen.active(tree, "mark", "1.0.0")
                && Seen.active(tree, "probe", "1.0.0")
                && Seen.active(tree, "emu", ""));
    awaitAnswer(Traffic.probe("probe", "mark:1x0"), "f1.0.0 1.0.0/L0");
  }

  /** Versions in force. Any thread. */
  Floors floors() {
    return floors;
  }

  /** Changes by name. */
  Map<String, Integer> done() {
    return done;
  }

  int count() {
    return done.values().stream().mapToInt(Integer::intValue).sum();
  }

  /** One change. */
  void next() {
    What what = What.values()[random.nextInt(What.values().length)];
    run(what);
  }

  private void run(What what) {
    String name = what.name().replace("_AGAIN", "").toLowerCase(java.util.Locale.ROOT);
    faults.during(name + " " + (count() + 1));
    try {
      switch (what) {
        case UPGRADE -> upgrade();
        case REPLACEMENT, REPLACEMENT_AGAIN -> replace();
        case LABEL -> label();
        case LABEL_IN_CONSOLE -> labelInConsole();
        case BROKEN_SETTINGS -> brokenSettings();
        case EXTRA_BACKEND, EXTRA_BACKEND_AGAIN -> extra(!extraThere);
        case STAMP_FEATURE, STAMP_FEATURE_AGAIN -> stamp(!stampThere);
        case BUILT_IN -> builtIn(!builtInReplaced);
        case FRONTEND -> frontend();
        case BROKEN_JAR -> brokenJar();
        case PROVIDER_SETTINGS -> providerSettings();
        case SECOND_PROVIDER -> second(!secondThere);
        case CONNECTIONS -> instance.config(CLIENT_SETTINGS, connections(random.nextInt(8, 65)));
      }
      done.merge(name, 1, Integer::sum);
    } catch (RuntimeException e) {
      faults.failedChange(name, String.valueOf(e.getMessage()));
    }
  }

  /** Back to what was there at the start, with nothing left over. */
  void toRest() {
    try {
      extra(false);
      stamp(false);
      builtIn(false);
      second(false);
      instance.await(
          "nothing of what went is left",
          tree ->
              tree.at("exchanges").number() == 0
                  && tree.at("instances").list().stream()
                      .allMatch(one -> one.at("leases").number() == 0)
                  && Seen.instances(tree, "mark") == 1
                  && Seen.bundles(tree, "lip.test.mark") == 1
                  && Seen.instances(tree, "probe") == 1
                  && Seen.bundles(tree, "lip.test.probe") == 1
                  && Seen.bundles(tree, "lip.test.extra") == 0
                  && Seen.bundles(tree, "lip.test.stamp") == 0
                  && Seen.bundles(tree, "lip.backend.stub") == 1);
      Wait.until(
          "the provider's requests are over and its connections closed",
          LIMIT,
          () -> upstream.running() == 0 && upstream.connections() == 0,
          () -> upstream.running() + " run, " + upstream.connections() + " connections open");
    } catch (RuntimeException e) {
      faults.failedChange("to rest", String.valueOf(e.getMessage()));
    }
  }

  private void upgrade() {
    String oldFile = markFile;
    mark++;
    markFile = "mark-" + mark + ".jar";
    instance.drop(jars.mark("mark", "1." + mark + ".0"), markFile);
    awaitMark();
    instance.remove(oldFile);
  }

  private void replace() {
    mark++;
    instance.drop(jars.mark("mark", "1." + mark + ".0"), markFile);
    awaitMark();
  }

  private void label() {
    label++;
    instance.config(MARK_SETTINGS, "label = L" + label + "\n");
    awaitMark();
  }

  private void labelInConsole() {
    label++;
    String form =
        "apply=true&action=ajaxConfigManager&propertylist=label&"
            + URLEncoder.encode("$location", StandardCharsets.UTF_8)
            + "=&label=L"
            + label;
    var response = instance.admin("POST", "/system/console/configMgr/lip.test.mark", form);
    if (response.statusCode() >= 400) {
      throw new IllegalStateException("console: " + response.statusCode());
    }
    awaitMark();
    // The next change of the file must not meet the one that is written back.
    Wait.until(
        "the file has it",
        LIMIT,
        () -> instance.config(MARK_SETTINGS).contains("L" + label),
        () -> instance.config(MARK_SETTINGS));
  }

  private void brokenSettings() {
    instance.config(MARK_SETTINGS, "label = never\nlabell = x\n");
    instance.await(
        "the file is refused by its key", tree -> Seen.refused(tree, MARK_SETTINGS, "labell"));
    label();
  }

  private void extra(boolean there) {
    if (there == extraThere) {
      return;
    }
    if (there) {
      extra++;
      String version = "5." + extra + ".0";
      instance.drop(jars.mark("extra", version), "extra.jar");
      awaitAnswer(Traffic.chat("extra:1x0"), version + "/a");
    } else {
      extraDoor.set(false);
      instance.remove("extra.jar");
      instance.await("extra takes no new requests", tree -> !Seen.active(tree, "extra", ""));
    }
    extraThere = there;
    extraDoor.set(there);
  }

  private void stamp(boolean there) {
    if (there == stampThere) {
      return;
    }
    if (there) {
      stamp++;
      instance.drop(jars.stamp("stamp", "1." + stamp + ".0"), "stamp.jar");
      awaitAnswer(Traffic.chat("mark:1x0"), " s1." + stamp + ".0");
    } else {
      instance.remove("stamp.jar");
      Wait.until(
          "an answer without stamp",
          LIMIT,
          () -> !answer(Traffic.chat("mark:1x0")).contains(" s"),
          instance::log);
    }
    stampThere = there;
  }

  private void builtIn(boolean replaced) {
    if (replaced == builtInReplaced) {
      return;
    }
    if (replaced) {
      Path next =
          jars.reissued(
              instance.distribution().systemJar("lip.backend.stub"),
              "0.900.0",
              "deterministic",
              "reissued");
      instance.drop(next, "stub.jar");
    } else {
      instance.remove("stub.jar");
    }
    awaitAnswer(Traffic.text("local-stub:stub-default"), replaced ? "reissued" : "deterministic");
    builtInReplaced = replaced;
  }

  private void frontend() {
    String oldFile = probeFile;
    probe++;
    probeFile = "probe-" + probe + ".jar";
    instance.drop(jars.probe("probe", "1." + probe + ".0"), probeFile);
    awaitAnswer(Traffic.probe("probe", "mark:1x0"), "f1." + probe + ".0 ");
    floors = new Floors(mark, label, probe);
    instance.remove(oldFile);
  }

  private void brokenJar() {
    String file = "broken.jar";
    String reason =
        switch (random.nextInt(5)) {
          case 0 -> {
            instance.drop(text(), file);
            yield "";
          }
          case 1 -> {
            instance.drop(jars.noBundle("plain"), file);
            yield "Bundle-SymbolicName";
          }
          case 2 -> {
            instance.drop(jars.unresolvable("needy"), file);
            yield "no.such.thing";
          }
          case 3 -> {
            instance.drop(jars.throwing("throwing"), file);
            yield "this activator says no";
          }
          default -> {
            instance.drop(jars.markThatCannotBeMade("mark", "1.900000.0"), file);
            yield "cannot be made";
          }
        };
    instance.await(
        "the jar is refused", tree -> Seen.reason(tree, file).contains(reason) && failed(tree));
    instance.remove(file);
    instance.await(file + " is forgotten", tree -> Seen.fileState(tree, file).isEmpty());
  }

  private static boolean failed(lip.testing.system.Tree tree) {
    String state = Seen.fileState(tree, "broken.jar");
    return state.equals("refused") || state.equals("failed");
  }

  private static Path text() {
    try {
      Path file = Files.createTempFile("text", ".jar");
      Files.writeString(file, "this is text");
      file.toFile().deleteOnExit();
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void providerSettings() {
    instance.config(
        EMU_SETTINGS, upstream.settings("models.refresh = " + random.nextInt(10, 1_000) + "s\n"));
    instance.await("emu is applied", tree -> Seen.fileState(tree, EMU_SETTINGS).equals("applied"));
  }

  private void second(boolean there) {
    if (there == secondThere) {
      return;
    }
    if (there) {
      instance.config(SECOND_SETTINGS, upstream.settings(""));
      instance.await("second is active", tree -> Seen.active(tree, "second", ""));
      awaitAnswer(Traffic.text("second:echo"), "go");
    } else {
      secondDoor.set(false);
      instance.deleteConfig(SECOND_SETTINGS);
      instance.await("second takes no new requests", tree -> !Seen.active(tree, "second", ""));
    }
    secondThere = there;
    secondDoor.set(there);
  }

  /** Idle ones go soon, so that what is left at rest can be compared. */
  private static String connections(int kept) {
    return "idle.conn.timeout = 5s\nmax.idle.conns.per.host = " + kept + "\n";
  }

  private void awaitMark() {
    awaitAnswer(Traffic.chat("mark:1x0"), "1." + mark + ".0/L" + label);
    floors = new Floors(mark, label, probe);
  }

  private void awaitAnswer(Traffic traffic, String part) {
    Wait.until(
        "an answer of " + part, LIMIT, () -> answer(traffic).contains(part), () -> tail(traffic));
  }

  private String tail(Traffic traffic) {
    String log = instance.log();
    return "last answer: "
        + answer(traffic)
        + "\n"
        + log.substring(Math.max(0, log.length() - 3_000));
  }

  /** Who answers now. */
  private String answer(Traffic traffic) {
    var reading = new Reading(traffic);
    try (var connection = new Connection(instance.port())) {
      int status = connection.post(traffic.path(), traffic.type(), traffic.body());
      if (status != 200) {
        return "status " + status;
      }
      for (byte[] piece = connection.next(); piece != null; piece = connection.next()) {
        reading.take(piece);
      }
      return reading.version();
    } catch (IOException e) {
      return e.toString();
    }
  }
}
