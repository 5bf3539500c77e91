package lip.testing.system;

/** What the rows find and leave: the versions and files of their plugins, and the settings. */
final class Deployed {
  static final String PID = "lip.test.mark";
  static final String SETTINGS = PID + ".cfg";

  private final Instance instance;
  private final PluginJars jars;
  int mark;
  int probe;
  int extra;
  String markFile = "mark.jar";
  String probeFile = "";
  String label = "a";

  Deployed(Instance instance, PluginJars jars) {
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

  /** Waits until what came before the newest version of the backend is gone. */
  void awaitOneMark() {
    instance.await(
        "only one version of mark is left",
        tree -> Seen.instances(tree, "mark") == 1 && Seen.bundles(tree, "lip.test.mark") == 1);
  }

  /** Drops the next version of the second backend; how long it took to serve, in milliseconds. */
  long dropExtra() {
    extra++;
    instance.drop(jars.mark("extra", extraVersion()), "extra.jar");
    return instance.await("extra is active", tree -> Seen.active(tree, "extra", extraVersion()));
  }

  /** Drops the next version of the frontend, beside the one before it. */
  void dropProbe() {
    probe++;
    probeFile = "probe-" + probe + ".jar";
    String version = "1." + probe + ".0";
    instance.drop(jars.probe("probe", version), probeFile);
    instance.await("probe is active", tree -> Seen.active(tree, "probe", version));
  }

  void awaitNoFile(String file) {
    instance.await(file + " is forgotten", tree -> Seen.fileState(tree, file).isEmpty());
  }

  String markVersion() {
    return "1." + mark + ".0";
  }

  String extraVersion() {
    return "5." + extra + ".0";
  }
}
