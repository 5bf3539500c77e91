package lip.testing.system;

import java.nio.file.Path;
import java.time.Duration;

/** Rows that bring, replace or take away a good plugin. */
final class PluginRows {
  private static final int UPGRADES = 50;
  private static final String STUB_WORD = "deterministic";

  private final Instance instance;
  private final PluginJars jars;
  private final Deployed deployed;

  PluginRows(Instance instance, PluginJars jars, Deployed deployed) {
    this.instance = instance;
    this.jars = jars;
    this.deployed = deployed;
  }

  Row newBackend(String id) {
    return Row.of(
            id,
            "new backend dropped",
            Rows.STREAMS,
            Rows.REQUESTS,
            load -> {
              String note = "live after " + deployed.dropExtra() + " ms";
              load.ask(Traffic.chat("extra:3x0"));
              load.awaitAnswerOf(deployed.extraVersion());
              return note;
            })
        .expecting(deployed.markVersion(), "5." + (deployed.extra + 1) + ".0");
  }

  Row sideBySide(String id) {
    String old = deployed.markVersion();
    String oldFile = deployed.markFile;
    deployed.mark++;
    return Row.of(
            id,
            "backend upgraded side by side",
            Rows.STREAMS,
            Rows.REQUESTS,
            load -> {
              deployed.markFile = "mark-" + deployed.markVersion() + ".jar";
              instance.drop(jars.mark("mark", deployed.markVersion()), deployed.markFile);
              long live = load.awaitAnswerOf(deployed.markVersion());
              instance.remove(oldFile);
              return "live after " + live + " ms";
            })
        .expecting(old, deployed.markVersion());
  }

  Row sameFile(String id) {
    String old = deployed.markVersion();
    deployed.mark++;
    return Row.of(
            id,
            "same file replaced",
            Rows.STREAMS,
            Rows.REQUESTS,
            load -> {
              instance.drop(jars.mark("mark", deployed.markVersion()), deployed.markFile);
              return "live after " + load.awaitAnswerOf(deployed.markVersion()) + " ms";
            })
        .expecting(old, deployed.markVersion());
  }

  Row deleted(String id) {
    deployed.dropExtra();
    return Row.of(
            id,
            "file deleted while its streams run",
            Traffic.chat("extra:" + Rows.SHAPE),
            Rows.REQUESTS,
            load -> {
              instance.remove("extra.jar");
              long out =
                  instance.await(
                      "extra takes no new requests", tree -> !Seen.active(tree, "extra", ""));
              return "out after " + out + " ms with " + load.open() + " streams open";
            })
        .expecting(deployed.extraVersion(), deployed.markVersion());
  }

  Row feature(String id) {
    return Row.of(
            id,
            "feature added, then removed, mid-stream",
            Rows.STREAMS,
            Rows.REQUESTS,
            load -> {
              instance.drop(jars.stamp("stamp", "1.0.0"), "stamp.jar");
              long in = load.awaitAnswerOf("s1.0.0");
              int open = load.open(HotTable.STREAMS, Rows.STREAMS);
              instance.remove("stamp.jar");
              long out = load.awaitAnswer("an answer without", last -> !last.contains("s1.0.0"));
              return "in after %d ms, out after %d ms with %d streams open"
                  .formatted(in, out, open);
            })
        .expecting(deployed.markVersion(), "s1.0.0");
  }

  Row featureShortDrain(String id) {
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
            Traffic.chat("mark:" + Rows.SHAPE + "o").withLooseStamps(),
            Rows.REQUESTS,
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
        .alsoStreaming(Traffic.chat("mark:" + Rows.SHAPE + "c").withLooseStamps())
        .expecting(deployed.markVersion())
        .ending(HotTable.STREAMS / 2);
  }

  Row frontend(String id) {
    if (deployed.probeFile.isEmpty()) {
      deployed.dropProbe();
    }
    String old = "f1." + deployed.probe + ".0";
    String oldFile = deployed.probeFile;
    return Row.of(
            id,
            "frontend upgraded",
            Traffic.probe("probe", "mark:" + Rows.SHAPE),
            Traffic.probe("probe", "mark:3x0"),
            load -> {
              deployed.dropProbe();
              long live = load.awaitAnswerOf("f1." + deployed.probe + ".0");
              instance.remove(oldFile);
              return "live after " + live + " ms";
            })
        .expecting(old, "f1." + (deployed.probe + 1) + ".0");
  }

  Row builtIn(String id) {
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

  Row manyUpgrades(String id) {
    String first = deployed.markVersion();
    return Row.of(
            id,
            UPGRADES + " upgrades in a row",
            Rows.STREAMS,
            Rows.REQUESTS,
            load -> {
              long longest = 0;
              for (int i = 0; i < UPGRADES; i++) {
                deployed.mark++;
                deployed.label = "many" + i;
                instance.config(Deployed.SETTINGS, "label = " + deployed.label + "\n");
                instance.drop(jars.mark("mark", deployed.markVersion()), deployed.markFile);
                longest =
                    Math.max(
                        longest, load.awaitAnswerOf(deployed.markVersion() + "/" + deployed.label));
              }
              load.awaitStreams();
              deployed.awaitOneMark();
              long loaders = Seen.instancesOf(instance, "lip.test.mark.Marker");
              if (loaders > 2) {
                throw new IllegalStateException(loaders + " class loaders of mark are alive");
              }
              return "longest to live %d ms, class loaders alive %d".formatted(longest, loaders);
            })
        .expecting(first, "1." + (deployed.mark + UPGRADES) + ".0");
  }
}
