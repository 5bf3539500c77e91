package lip.testing.emulator;

import java.io.IOException;

/** A request that breaks the rules of HTTP/1.1. */
final class BadHttp extends IOException {
  private static final long serialVersionUID = 1L;

  BadHttp(String problem) {
    super(problem);
  }
}
