package lip.core.http;

import java.util.function.Supplier;
import lip.api.failure.Failure;
import lip.api.failure.FailureClass;
import lip.sdk.frontend.LastWords;

/** What the core says when it must end a response without the plugin; replaceable at any time. */
final class Farewell implements Supplier<LastWords> {
  private static final LastWords SILENT =
      new LastWords(
          Envelope.reply(
              Failure.of(
                  FailureClass.UNAVAILABLE, "the request was ended by the server; try again")),
          new byte[0],
          true);

  private volatile LastWords words = SILENT;

  void leave(LastWords replacement) {
    words = replacement;
  }

  @Override
  public LastWords get() {
    return words;
  }
}
