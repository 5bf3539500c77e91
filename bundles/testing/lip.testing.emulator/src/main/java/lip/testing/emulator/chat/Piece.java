package lip.testing.emulator.chat;

import java.time.Duration;
import lip.testing.emulator.Gate;
import lip.testing.emulator.JsonValue;
import org.jspecify.annotations.Nullable;

/** One thing a reply says or does, in order. */
sealed interface Piece {
  record Text(String text) implements Piece {}

  record Reasoning(String text) implements Piece {}

  record Refusal(String text) implements Piece {}

  /** A call begins; with arguments, it is whole. */
  record CallStart(int index, @Nullable String id, String name, String arguments)
      implements Piece {}

  record CallArguments(int index, String text) implements Piece {}

  /** An error inside the stream; the stream ends after it. */
  record Failure(JsonValue.Obj envelope) implements Piece {}

  /** A data line of any content. */
  record Data(String data) implements Piece {}

  /** Any bytes between records. */
  record Raw(String text) implements Piece {}

  record Pause(Duration duration) implements Piece {}

  record Await(Gate gate) implements Piece {}

  record Stall() implements Piece {}
}
