package lip.testing.system.soak;

import java.io.PrintStream;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Prints and counts what went wrong. Any thread. */
final class Faults {
  private static final int SHOWN = 200;

  private final PrintStream out;
  private final AtomicInteger answers = new AtomicInteger();
  private final AtomicInteger changes = new AtomicInteger();
  private volatile String change = "none yet";

  Faults(PrintStream out) {
    this.out = out;
  }

  /** From now on this is the change that may be to blame. */
  void during(String now) {
    change = now;
  }

  void wrongAnswer(Ask ask, String trace, String how) {
    if (answers.incrementAndGet() <= SHOWN) {
      print(
          "WRONG ANSWER trace %s %s %s %s: %s (last change: %s)"
              .formatted(trace, ask.kind(), ask.traffic().model(), ask.manner(), how, change));
    }
  }

  void failedChange(String what, String how) {
    changes.incrementAndGet();
    print("FAILED CHANGE " + what + ": " + how);
  }

  private void print(String text) {
    out.println(LocalTime.now(ZoneId.systemDefault()).truncatedTo(ChronoUnit.MILLIS) + " " + text);
  }

  int answers() {
    return answers.get();
  }

  int changes() {
    return changes.get();
  }
}
