package lip.testing.emulator.messages;

import lip.testing.emulator.Answer;
import lip.testing.emulator.ScriptedAnswer;
import org.jspecify.annotations.Nullable;

/** Says in Messages what a script from outside says. */
record ScriptedMessage(ScriptedAnswer script) implements MessagesScript {
  @Override
  public Answer answer(MessagesRequest request) {
    if (script.status() != 0) {
      return MessagesFailure.of(script.status()).answer(request);
    }
    MessagesReply reply = new MessagesReply();
    if (!script.thinking().isEmpty()) {
      reply.thinking(script.thinking());
    }
    if (!script.text().isEmpty()) {
      reply.text(script.text().toArray(String[]::new));
    }
    int call = 0;
    for (ScriptedAnswer.Call called : script.calls()) {
      String id = "toolu_" + request.number() + "_" + ++call;
      reply.toolUse(id, called.name(), called.arguments());
    }
    ScriptedAnswer.@Nullable Usage usage = script.usage();
    if (usage != null) {
      reply.usage(usage.input() - usage.cached(), usage.cached(), 0, usage.output());
    }
    return switch (script.end()) {
      case WHOLE -> reply.answer(request);
      case LENGTH -> reply.stop("max_tokens", null).answer(request);
      case ERROR -> reply.failure(MessagesFailure.of(529)).answer(request);
      case STALL -> reply.stall().answer(request);
    };
  }
}
