package lip.backend.anthropic;

import java.util.List;
import java.util.Locale;
import lip.api.call.Call;
import lip.api.failure.Failure;
import lip.api.message.Message;
import lip.api.message.Part;
import lip.api.message.Role;
import lip.api.option.Thinking;
import org.jspecify.annotations.Nullable;

/**
 * A conversation without its reasoning, for when a signature was refused: it came from another
 * account, model or gateway, or a client cut it. The answer is worth more than the old reasoning.
 */
final class Unsigned {
  private Unsigned() {}

  /** Whether a request was refused for a signature in its history. */
  static boolean isRefusal(Failure failure) {
    String message = failure.message().toLowerCase(Locale.ROOT).replace("`", "");
    return failure.upstreamStatus() == 400
        && message.contains("signature")
        && message.contains("thinking")
        && message.contains("invalid");
  }

  /** The call without reasoning in its history; null = there is none. */
  static @Nullable Call of(Call call) {
    List<Message> messages =
        call.messages().stream()
            .map(turn ->
                turn.parts().stream().anyMatch(Part.Reasoning.class::isInstance)
                    ? turn.withParts(
                        turn.parts().stream()
                            .filter(part -> !(part instanceof Part.Reasoning))
                            .toList())
                    : turn)
            .toList();
    if (messages.equals(call.messages())) {
      return null;
    }
    Call.Builder without = call.toBuilder().messages(messages);
    Thinking thinking = call.options().thinking();
    if (thinking != null && "enabled".equals(thinking.mode()) && inToolLoop(messages)) {
      // With a budget, a turn with calls is refused when it does not begin with reasoning.
      without.options(call.options().toBuilder().thinking(null).build());
    }
    return without.build();
  }

  private static boolean inToolLoop(List<Message> messages) {
    for (Message turn : messages.reversed()) {
      if (turn.role().equals(Role.ASSISTANT)) {
        return turn.parts().stream().anyMatch(Part.ToolCall.class::isInstance);
      }
    }
    return false;
  }
}
