package lip.testing.emulator.chat;

import java.util.function.UnaryOperator;
import lip.testing.emulator.Answer;

/**
 * Answers one legal request. {@link ChatReply} and {@link ChatFailure} make the usual ones; a
 * lambda makes any other.
 */
@FunctionalInterface
public interface ChatScript {
  /** The answer, down to its bytes. */
  Answer answer(ChatRequest request);

  /** The same, with the bytes treated afterwards: split, cut, slowed down ... */
  default ChatScript wire(UnaryOperator<Answer> change) {
    return request -> change.apply(answer(request));
  }
}
