package lip.testing.badplugins;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.Closeable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import lip.testing.badplugins.Zoo.Reply;
import lip.testing.system.Bystanders;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Animals that are slow, or after which a process is good for nothing: one process for each. */
@Tag("system")
@Tag("long")
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class WildZooTest {
  private static final int CORES = Runtime.getRuntime().availableProcessors();

  @TempDir Path folder;

  /** Streams of 15 s beside twice as many burning requests as there are cores. */
  @RepeatedTest(5)
  void cpuBurners() throws Exception {
    // The process is killed first, whatever happens: until then the requests do not end.
    try (var requests = Executors.newVirtualThreadPerTaskExecutor();
        var zoo = new Zoo(folder);
        Closeable _ = () -> kill(zoo)) {
      long quiet;
      try (var alone = Bystanders.begin(zoo.instance(), Zoo.GOOD, 50, "60x50")) {
        assertThat(alone.end()).isEmpty();
        quiet = alone.longestGap();
      }
      try (var streams = Bystanders.begin(zoo.instance(), Zoo.GOOD, 50, "300x50")) {
        var burning = ask(requests, zoo, "cage:next.burn", 2 * CORES);
        zoo.awaitSaid("lip.test.cage", "burns CPU: restart needed, " + CORES + " cores lost");
        zoo.awaitSaid("cage", "quarantined");
        assertThat(streams.end()).as("all go on to their ends").isEmpty();
        assertThat(burning).as("nobody can end them").noneMatch(Future::isDone);
        System.out.printf(
            "%d burners: longest gap %d ms, undisturbed %d ms%n",
            2 * CORES, streams.longestGap(), quiet);
      }
      assertThat(zoo.instance().log()).contains("the scheduler is widened to 64 carriers");
    }
  }

  /** One request that loops takes one core: too little for the watch, and nobody else stops. */
  @Test
  void anInfiniteLoop() throws Exception {
    // The process is killed first, whatever happens: until then the requests do not end.
    try (var requests = Executors.newVirtualThreadPerTaskExecutor();
        var zoo = new Zoo(folder);
        Closeable _ = () -> kill(zoo)) {
      try (var streams = Bystanders.begin(zoo.instance(), Zoo.GOOD, 20, "100x50")) {
        var looping = ask(requests, zoo, "cage:next.burn", 1);
        assertThat(streams.end()).isEmpty();
        assertThat(looping).noneMatch(Future::isDone);
        assertThat(Zoo.said(zoo.instance().inventory()))
            .noneMatch(said -> said.contains("burns CPU") || said.contains("quarantined"));
        System.out.printf("infinite loop: longest gap %d ms%n", streams.longestGap());
      }
    }
  }

  /** Memory is shared: whatever else happens, the process is not half dead afterwards. */
  @Test
  void anAllocationStorm() throws Exception {
    try (var zoo = new Zoo(folder)) {
      Reply reply = zoo.chat("cage:next.storm");
      System.out.println("allocation storm: " + reply);
      assertThat(reply.toldError() || reply.broken()).as(reply.toString()).isTrue();
      try (var streams = zoo.bystanders()) {
        assertThat(streams.end()).isEmpty();
      }
    }
  }

  @Test
  void aKindWhoseCreateTakesHalfAMinute() {
    try (var zoo = new Zoo(folder);
        var streams = Bystanders.begin(zoo.instance(), Zoo.GOOD, 10, "800x50")) {
      Misfit slow =
          Misfit.of(
              "slow",
              "Backend",
              "create",
              "try { Thread.sleep(30_000); } catch (InterruptedException e) {}"
                  + " return new Made();");
      Misfit quick = new Misfit("quick", "Backend", Map.of());
      zoo.drop(slow);
      zoo.awaitSaid("slow.jar", "starting");
      zoo.drop(quick);
      zoo.awaitSaid("lip.test.quick", "active");
      assertThat(Zoo.state(zoo.instance().inventory(), "slow"))
          .as("nobody waits for it")
          .isNotEqualTo("active");
      zoo.awaitSaid("lip.test.slow", "active");
      assertThat(streams.end()).isEmpty();
    }
  }

  private static List<Future<Reply>> ask(
      ExecutorService threads, Zoo zoo, String model, int count) {
    List<Future<Reply>> asked = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      asked.add(threads.submit(() -> zoo.chat(model)));
    }
    return asked;
  }

  /** What burns cannot be ended in order. */
  private static void kill(Zoo zoo) {
    ProcessHandle.of(zoo.instance().pid()).ifPresent(ProcessHandle::destroyForcibly);
  }
}
