package lip.testing.system;

/** Rows that edit settings. */
final class SettingsRows {
  private final Instance instance;
  private final Deployed deployed;

  SettingsRows(Instance instance, Deployed deployed) {
    this.instance = instance;
    this.deployed = deployed;
  }

  Row inFile(String id) {
    String old = deployed.label;
    return Row.of(
            id,
            "settings edited in a file",
            Rows.STREAMS,
            Rows.REQUESTS,
            load -> {
              deployed.label = "file" + deployed.mark;
              instance.config(Deployed.SETTINGS, "label = " + deployed.label + "\n");
              return "in force after " + load.awaitAnswerOf("/" + deployed.label) + " ms";
            })
        .expecting("/" + old, "/file");
  }

  Row inConsole(String id) {
    String old = deployed.label;
    return Row.of(
            id,
            "settings edited in the Web Console",
            Rows.STREAMS,
            Rows.REQUESTS,
            load -> {
              deployed.label = "console" + deployed.mark;
              var console = new WebConsole(instance);
              console.set(Deployed.PID, "label", deployed.label);
              long live = load.awaitAnswerOf("/" + deployed.label);
              console.awaitWritten(Deployed.PID, deployed.label);
              return "in force after " + live + " ms, written back";
            })
        .expecting("/" + old, "/console");
  }

  Row broken(String id) {
    String old = deployed.label;
    return Row.of(
            id,
            "broken settings, then corrected",
            Rows.STREAMS,
            Rows.REQUESTS,
            load -> {
              String good = deployed.label;
              instance.config(Deployed.SETTINGS, "label = never\nlabell = x\npatience = 5h\n");
              instance.await(
                  "the file is refused with the key",
                  tree -> Seen.refused(tree, Deployed.SETTINGS, "labell"));
              String log = instance.log();
              if (!log.contains("labell")) {
                throw new IllegalStateException("the log does not name the key");
              }
              load.awaitAnswerOf("/" + good);
              deployed.label = "corrected" + deployed.mark;
              instance.config(Deployed.SETTINGS, "label = " + deployed.label + "\n");
              return "refused by name; correction in force after "
                  + load.awaitAnswerOf("/" + deployed.label)
                  + " ms";
            })
        .expecting("/" + old, "/corrected");
  }
}
