package lip.core.instances;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import lip.core.pipeline.LogLines;
import org.junit.jupiter.api.Test;

class TaskThreadTest {
  @Test
  void aTaskThatFailsDoesNotStopTheNext() throws Exception {
    CompletableFuture<String> next = new CompletableFuture<>();
    try (LogLines log = new LogLines(TaskThread.class.getName());
        TaskThread thread = new TaskThread("lip-test")) {
      thread.later(() -> {
        throw new IllegalStateException("no");
      });
      thread.later(() -> next.complete(Thread.currentThread().getName()));

      assertThat(next.get(20, TimeUnit.SECONDS)).isEqualTo("lip-test");
      assertThat(log.lines()).containsExactly("a task failed: thread=lip-test");
    }
  }

  @Test
  void aClosedOneTakesNoMore() {
    TaskThread thread = new TaskThread("lip-test");
    thread.close();
    CompletableFuture<String> never = new CompletableFuture<>();
    thread.later(() -> never.complete("done"));

    assertThat(never).isNotDone();
  }
}
