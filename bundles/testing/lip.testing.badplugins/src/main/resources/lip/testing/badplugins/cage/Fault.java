package lip.test.cage;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** What a plugin can throw, and worse. */
final class Fault {
  /** What {@code models()} does from now on. */
  static volatile String models = "";

  /** What {@code render()} does from now on. */
  static volatile String render = "";

  private static volatile long turns;
  private static final ThreadLocal<byte[]> LEAK = new ThreadLocal<>();

  static final class Odd extends Error {
    Odd() {
      super("zoo: odd");
    }
  }

  private Fault() {}

  /** Does it when the model asks for it at this place. */
  static void at(String place, String model) {
    if (model.startsWith(place + ".")) {
      of(model.substring(place.length() + 1));
    }
  }

  static void of(String kind) {
    switch (kind) {
      case "exception" -> throw new IllegalStateException("zoo: exception");
      case "checked" -> Fault.<RuntimeException>sneak(new IOException("zoo: checked"));
      case "linkage" -> throw new NoSuchMethodError("zoo: linkage");
      case "assertion" -> throw new AssertionError("zoo: assertion");
      case "error" -> throw new Odd();
      case "stack" -> deep(0);
      case "sleep" -> sleep();
      case "nap" -> nap();
      case "burn" -> {
        for (; ; ) {
          turns++;
        }
      }
      case "storm" -> storm();
      case "threads" -> threads();
      case "locals" -> LEAK.set(new byte[8 << 20]);
      default -> {}
    }
  }

  @SuppressWarnings("unchecked")
  private static <T extends Throwable> void sneak(Throwable thrown) throws T {
    throw (T) thrown;
  }

  private static int deep(int depth) {
    return deep(depth + 1) + 1;
  }

  private static void sleep() {
    for (; ; ) {
      try {
        Thread.sleep(Long.MAX_VALUE);
      } catch (InterruptedException e) {
        // This is what it is about.
      }
    }
  }

  /** Well over the second after which a thread of many streams is replaced. */
  private static void nap() {
    try {
      Thread.sleep(6_000);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void storm() {
    List<byte[]> all = new ArrayList<>();
    for (; ; ) {
      all.add(new byte[1 << 20]);
    }
  }

  private static void threads() {
    for (int i = 0; i < 200; i++) {
      Thread.ofPlatform().daemon().name("zoo-leak-" + i).start(Fault::sleep);
    }
  }
}
