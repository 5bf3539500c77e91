package lip.testing.emulator.messages;

import java.util.function.UnaryOperator;
import lip.testing.emulator.Answer;

/**
 * Answers one legal request. {@link MessagesReply} and {@link MessagesFailure} make the usual ones;
 * a lambda makes any other.
 */
@FunctionalInterface
public interface MessagesScript {
  /** The answer, down to its bytes. */
  Answer answer(MessagesRequest request);

  /** The same, with the bytes treated afterwards: split, cut, slowed down ... */
  default MessagesScript wire(UnaryOperator<Answer> change) {
    return request -> change.apply(answer(request));
  }
}
