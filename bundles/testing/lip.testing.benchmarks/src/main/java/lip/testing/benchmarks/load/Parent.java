package lip.testing.benchmarks.load;

import java.io.IOException;
import java.io.UncheckedIOException;

/** The program that started this process. */
public final class Parent {
  private Parent() {}

  /** Ends the process when nobody can give it orders any more. */
  public static void exitWhenGone() {
    try {
      int read = 0;
      while (read >= 0) {
        read = System.in.read();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    System.exit(0);
  }
}
