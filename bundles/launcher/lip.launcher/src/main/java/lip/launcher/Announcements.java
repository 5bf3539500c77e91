package lip.launcher;

import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The one thing that launcher and bundles share: a service of type {@code
 * java.util.function.Consumer} with the property {@code lip.launcher=announce}. It never blocks and
 * may be called from any thread, as often as something changes.
 *
 * <p>Keys: {@code data} and {@code admin} (URLs, each once its listener is bound; empty = closed),
 * {@code password.file}, {@code model}; {@code shutdown.timeout} (milliseconds) for how long a stop
 * may take; {@code fatal} (one line) and {@code exit} (a number) to end the process. What one call
 * says is added to what earlier ones said.
 */
final class Announcements implements Consumer<Map<String, String>> {
  static final String PROPERTY = "lip.launcher";
  static final String VALUE = "announce";

  /** How long the framework may take to stop when nobody said anything else. */
  private static final Duration STOP_BOUND = Duration.ofSeconds(60);

  /** What the bundles need after the last running request has ended. */
  private static final Duration STOP_MARGIN = Duration.ofSeconds(30);

  /** How long the start message waits for the address of the admin listener. */
  private static final Duration ADMIN_PATIENCE = Duration.ofSeconds(3);

  private static final List<String> ADDRESSES =
      List.of(Listeners.DATA, Listeners.ADMIN, Listeners.PASSWORD_FILE, Listeners.MODEL);

  private final Folders folders;
  private final StartMessage message;
  private final PrintStream out;
  private final PrintStream err;
  private final CompletableFuture<Integer> end = new CompletableFuture<>();
  private final Map<String, String> known = new HashMap<>();
  private boolean greeted;
  private volatile Duration stopBound = STOP_BOUND;

  Announcements(Folders folders, StartMessage message, PrintStream out, PrintStream err) {
    this.folders = folders;
    this.message = message;
    this.out = out;
    this.err = err;
  }

  /** Completed with the exit code when a bundle asks for the end of the process. */
  CompletableFuture<Integer> end() {
    return end;
  }

  Duration stopBound() {
    return stopBound;
  }

  @Override
  public void accept(Map<String, String> announced) {
    String timeout = announced.get("shutdown.timeout");
    if (timeout != null) {
      stopBound = Duration.ofMillis(number("shutdown.timeout", timeout)).plus(STOP_MARGIN);
    }
    if (ADDRESSES.stream().anyMatch(announced::containsKey)) {
      addresses(announced);
    }
    String fatal = announced.get("fatal");
    String exit = announced.get("exit");
    if (fatal == null && exit == null) {
      return;
    }
    int code = exit == null ? Exit.FAILED : (int) number("exit", exit);
    if (end.complete(code) && fatal != null) {
      err.println("lip: " + fatal);
    }
  }

  private static long number(String key, String value) {
    try {
      return Long.parseLong(value);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(key + " = " + value + ": not a number", e);
    }
  }

  private synchronized void addresses(Map<String, String> announced) {
    String before = known.get(Listeners.DATA);
    for (String key : ADDRESSES) {
      String value = announced.get(key);
      if (value != null && value.isBlank()) {
        known.remove(key);
      } else if (value != null) {
        known.put(key, value);
      }
    }
    write();
    String data = known.get(Listeners.DATA);
    if (data == null) {
      return;
    }
    if (greeted && !data.equals(before)) {
      print(message.moved(new Listeners(known)));
    } else if (!greeted && known.containsKey(Listeners.ADMIN)) {
      greet();
    } else if (!greeted) {
      // The admin listener belongs into the message, but may be off.
      CompletableFuture.delayedExecutor(ADMIN_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
          .execute(this::greet);
    }
  }

  private synchronized void greet() {
    if (!greeted && known.containsKey(Listeners.DATA)) {
      greeted = true;
      print(message.greeting(new Listeners(known)));
    }
  }

  private void write() {
    try {
      var values = new HashMap<>(known);
      values.put(Listeners.PID, Long.toString(ProcessHandle.current().pid()));
      new Listeners(values).write(folders.listeners());
    } catch (IOException e) {
      err.println("lip: cannot write " + folders.listeners() + ": " + Reasons.of(e));
    }
  }

  private void print(String text) {
    out.println(text);
    out.flush();
  }
}
