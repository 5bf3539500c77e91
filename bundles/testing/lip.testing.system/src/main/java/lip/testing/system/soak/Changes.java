package lip.testing.system.soak;

import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import lip.testing.system.Instance;
import lip.testing.system.PluginJars;
import lip.testing.system.Seen;
import lip.testing.system.Traffic;
import lip.testing.system.Wait;
import lip.testing.system.WebConsole;

/**
 * Changes plugins and settings at random; each is waited for until it is in force. Used by one
 * thread, but for {@link #floors()}.
 */
final class Changes {
  private static final String MARK = "lip.test.mark";
  private static final String MARK_SETTINGS = MARK + ".cfg";
  private static final String EMU_SETTINGS = "lip.backend.openai.legacy~emu.cfg";
  private static final String SECOND_SETTINGS = "lip.backend.openai.legacy~second.cfg";
  private static final String CLIENT_SETTINGS = "lip.http.client.cfg";

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
  private final Answering answering;
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
    this.answering = new Answering(instance);
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
    answering.await(Traffic.probe("probe", "mark:1x0"), "f1.0.0 1.0.0/L0");
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
        case BROKEN_JAR -> new BrokenJar(instance, jars, random).comesAndGoes();
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
          Answering.LIMIT,
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
    var console = new WebConsole(instance);
    console.set(MARK, "label", "L" + label);
    awaitMark();
    // The next change of the file must not meet the one that is written back.
    console.awaitWritten(MARK, "L" + label);
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
      answering.await(Traffic.chat("extra:1x0"), version + "/a");
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
      answering.await(Traffic.chat("mark:1x0"), " s1." + stamp + ".0");
    } else {
      instance.remove("stamp.jar");
      answering.awaitWithout(Traffic.chat("mark:1x0"), " s");
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
    answering.await(
        Traffic.text("local-stub:stub-default"), replaced ? "reissued" : "deterministic");
    builtInReplaced = replaced;
  }

  private void frontend() {
    String oldFile = probeFile;
    probe++;
    probeFile = "probe-" + probe + ".jar";
    instance.drop(jars.probe("probe", "1." + probe + ".0"), probeFile);
    answering.await(Traffic.probe("probe", "mark:1x0"), "f1." + probe + ".0 ");
    floors = new Floors(mark, label, probe);
    instance.remove(oldFile);
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
      answering.await(Traffic.text("second:echo"), "go");
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
    answering.await(Traffic.chat("mark:1x0"), "1." + mark + ".0/L" + label);
    floors = new Floors(mark, label, probe);
  }
}
