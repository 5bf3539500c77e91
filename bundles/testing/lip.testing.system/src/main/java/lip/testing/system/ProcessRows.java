package lip.testing.system;

import java.time.Duration;

/** Rows that end the process or move what it listens on. */
final class ProcessRows {
  private final Instance instance;
  private final Deployed deployed;

  ProcessRows(Instance instance, Deployed deployed) {
    this.instance = instance;
    this.deployed = deployed;
  }

  Row brokenAtRestart(String id) {
    return Row.of(
            id,
            "restart with a broken configuration file",
            Rows.STREAMS,
            Rows.REQUESTS,
            load -> {
              instance.config(Deployed.SETTINGS, "labell = x\n");
              String note = restart(load);
              instance.await(
                  "the broken file is reported",
                  tree -> Seen.refused(tree, Deployed.SETTINGS, "labell"));
              load.awaitAnswerOf("/" + deployed.label);
              instance.config(Deployed.SETTINGS, "label = " + deployed.label + "\n");
              return note + ", last good settings in force";
            })
        .expecting("/" + deployed.label);
  }

  Row terminated(String id) {
    return Row.of(id, "SIGTERM under load", Rows.STREAMS, Rows.REQUESTS, this::restart)
        .expecting(deployed.markVersion());
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
    deployed.awaitReady();
    load.awaitAnswerOf(deployed.markVersion());
    return "stopped in %d ms with %d streams open".formatted(took, open);
  }

  Row listenerMoved(String id) {
    return Row.of(
            id,
            "data listener moved to another port",
            Rows.STREAMS,
            Rows.REQUESTS,
            load -> {
              int port = FreePort.find();
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
              load.awaitAnswerOf(deployed.markVersion());
              return "%d to %d after %d ms with %d streams open"
                  .formatted(old, port, moved, load.open());
            })
        .expecting(deployed.markVersion());
  }
}
