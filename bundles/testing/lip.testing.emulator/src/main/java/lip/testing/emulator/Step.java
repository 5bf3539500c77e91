package lip.testing.emulator;

import java.time.Duration;

/** One thing that happens while an answer is played. */
sealed interface Step {
  /** Body bytes, in one write and, in a chunked body, one chunk. */
  record Send(byte[] bytes) implements Step {}

  /** The same bytes many times, for bodies too large to hold. */
  record Repeat(byte[] bytes, int times) implements Step {}

  /** Nothing, for a while. */
  record Pause(Duration duration) implements Step {}

  /** Nothing, until the gate opens. */
  record Await(Gate gate) implements Step {}

  /** Nothing any more, until the client goes or the emulator is closed. */
  record Stall() implements Step {}

  /** The connection ends here, without the end of the body. */
  record Close() implements Step {}

  /** The connection ends here with a TCP reset. */
  record Reset() implements Step {}
}
