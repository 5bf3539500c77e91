package lip.testing.kit;

import java.util.List;
import lip.sdk.fidelity.Deviation;

/** What did not pass unchanged, in words that a test can compare. */
public final class Deviations {
  private Deviations() {}

  /**
   * One text for each: {@code LOST seed}, {@code MAPPED role=developer -> system}.
   *
   * @param way where all of them must have happened
   * @throws AssertionError for one that happened elsewhere, or has no reason
   */
  public static List<String> words(List<Deviation> all, Deviation.Way way) {
    return all.stream().map(deviation -> words(deviation, way)).toList();
  }

  private static String words(Deviation deviation, Deviation.Way way) {
    if (deviation.way() != way || deviation.reason().isEmpty()) {
      throw new AssertionError("not a reasoned one of " + way + ": " + deviation);
    }
    String words = deviation.effect() + " " + deviation.field();
    return deviation.became() == null ? words : words + " -> " + deviation.became();
  }
}
